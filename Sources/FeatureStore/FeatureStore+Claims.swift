import Foundation

extension FeatureStore {
    /// Claims a piece of work for its holder, among all processes that share the store; nil while another has it.
    ///
    /// Whoever has claimed a piece looks whether it has been done by then, and does it if not.
    ///
    /// - parameter work: What tells the piece from all others.
    ///
    /// A store that one process has alone asks nobody.
    public func claim(_ work: Digest) -> Claim? { mode == .alone ? Claim() : Claim(byte(of: work), of: claims) }

    /// Claims the embedding of a clip by a recipe, as ``claim(_:)`` does.
    public func claim(embeddingOf clip: Digest, by recipe: Recipe) -> Claim? {
        claim(Digest.of(["embedding", clip.description, recipe.digest.description]))
    }

    /// Says that what a store holds is being used; nil while another process is about to remove some of it, or all.
    ///
    /// To be asked for before the store is opened: the file may be another one afterwards.
    public static func claimUse(at file: URL) -> Claim? { Claim(useByte, of: claims(of: file), isShared: true) }

    /// Claims a store, which need not open, for removing what it holds; nil while another process says that it uses it.
    public static func claimRemoval(at file: URL) -> Claim? { Claim(useByte, of: claims(of: file)) }

    private var claims: URL { Self.claims(of: file) }

    /// Beside the database, whose own bytes SQLite locks.
    private static func claims(of file: URL) -> URL { URL(fileURLWithPath: file.path + claimsSuffix) }

    /// What the name of the file that claims are made on adds to the database's.
    static let claimsSuffix = "-claims"

    /// One of 2⁶² bytes, none of which need be there.
    ///
    /// Two pieces that share one would but wait for each other.
    private func byte(of work: Digest) -> Int64 { Int64(work.leadingNumber >> 2) }
}

/// Behind those of all pieces of work.
private let useByte = Int64(1) << 62
