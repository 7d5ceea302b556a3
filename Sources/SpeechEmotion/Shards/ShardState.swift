import FeatureStore

/// How far a share of the work has come.
struct ShardState: Equatable {
    /// The number of clips or heads that it owes.
    var owed = 0
    /// Those that it lacks, the failed ones left out.
    var missing = 0
    /// Those that were tried and came to nothing.
    var failed = 0

    /// Whether the share had come so far that it knew what it owes.
    var isListed = true

    /// Whether all that can be done is.
    var isComplete: Bool { isListed && missing == 0 }

    /// Looks into a shard's file for what its manifest says that it owes.
    ///
    /// - parameter damaged: Keys whose rows are there and not sound.
    init(of manifest: ShardManifest, in store: FeatureStore, damaged: Set<Digest> = []) throws {
        isListed = !manifest.parts.isEmpty
        let recipes = Dictionary(try store.recipes().map { ($0.digest.description, $0) }) { first, _ in first }
        for part in manifest.parts {
            let owed = ShardManifest.Part.keys(in: part.owed)
            let failed = Set(ShardManifest.Part.keys(in: part.failed))
            let missing = try Self.missing(owed, manifest.kind, recipes[part.recipe], store).union(
                damaged.intersection(owed))
            self.owed += owed.count
            self.missing += missing.subtracting(failed).count
            self.failed += missing.intersection(failed).count
        }
    }

    private static func missing(
        _ keys: [Digest], _ kind: ShardManifest.Kind, _ recipe: Recipe?, _ store: FeatureStore
    ) throws -> Set<Digest> {
        switch kind {
        case .embed: try recipe.map { try store.missing(keys, recipe: $0) } ?? Set(keys)
        case .train: Set(keys).subtracting(try store.trainedKeys(keys))
        }
    }

    /// The state in words: "180 clips, complete", "12 of 180 clips missing".
    func words(_ noun: String) -> String {
        guard isListed else { return "its writer was killed before it had listed its \(noun)s" }
        let failures = failed == 0 ? "" : ", \(failed) that came to nothing"
        return isComplete
            ? "\(owed) \(noun)\(owed == 1 ? "" : "s"), complete\(failures)"
            : "\(missing) of \(owed) \(noun)\(owed == 1 ? "" : "s") missing\(failures)"
    }
}
