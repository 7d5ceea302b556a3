/// The published checkpoints that Timbre recognises by the SHA-256 of their weights.
///
/// A report may only set its figures beside the literature's when it is known which weights made them; anything else is
/// called unrecognised, and an encoder that Timbre itself made is called untrained.
enum KnownEncoders {
    /// What is known of one weights file.
    struct Identity: Sendable, Equatable {
        let name: String
        let revision: String
    }

    /// The published checkpoint whose weights file has this SHA-256 (lower-case hex), if it is one of them.
    static func identity(ofWeights sha256: String) -> Identity? { bySHA256[sha256] }

    private static let bySHA256 = [
        "3249fe98bfc62fcbc26067f724716a6ec49d12c4728a2af1df659013905dff21":
            Identity(name: "facebook/wav2vec2-base", revision: "0b5b8e868dd84f03fd87d01f9c4ff0f080fecfe8")
    ]
}
