import Downloads

/// An encoder on the Hugging Face hub that Timbre fetches by a short name.
public struct HubEncoder: Sendable, Equatable {
    /// What it is called on the command line, and its folder in the cache.
    public let name: String
    /// `OWNER/NAME` on the hub.
    let repository: String
    /// The commit and the files' sizes and digests; nil where Timbre knows none and takes the hub's word.
    let pinned: Pinned?

    /// What is known of a published encoder beforehand.
    struct Pinned: Sendable, Equatable {
        let commit: String
        /// By file name; sizes are in bytes, nil where the digest alone is known.
        let files: [String: (size: Int?, digest: ContentDigest)]

        static func == (left: Pinned, right: Pinned) -> Bool { left.commit == right.commit }
    }

    /// What makes up an encoder, in the order in which it is fetched: what is small, and tells soon, first.
    static let files = ["config.json", "preprocessor_config.json", "pytorch_model.bin"]

    /// All that can be fetched.
    public static let all = [wav2vec2Base, hubertBase]

    static let wav2vec2Base = HubEncoder(
        name: "wav2vec2-base", repository: "facebook/wav2vec2-base",
        pinned: Pinned(
            commit: "0b5b8e868dd84f03fd87d01f9c4ff0f080fecfe8",
            files: [
                "config.json": (
                    nil, ContentDigest(.sha256, "4937977e24d12d1bba70cdce8709c3c04807a8e4ae8ddac4229c48c436ae99ae")
                ),
                "preprocessor_config.json": (
                    nil, ContentDigest(.sha256, "b225d617c025463b9e157e06afea8b90dc7078fc70b013c533328423e0486b4a")
                ),
                "pytorch_model.bin": (
                    380_267_417,
                    ContentDigest(.sha256, "3249fe98bfc62fcbc26067f724716a6ec49d12c4728a2af1df659013905dff21")
                ),
            ]))

    /// Its digests are not known to Timbre.
    static let hubertBase = HubEncoder(name: "hubert-base", repository: "facebook/hubert-base-ls960", pinned: nil)
}
