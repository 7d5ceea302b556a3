import FeatureStore
import Foundation

/// What a shard's file says of itself in its ledger: which share of which work it is, and what it owes.
struct ShardManifest: Codable, Equatable {
    /// The work that is shared out.
    enum Kind: String, Codable {
        case embed, train

        /// What it is done to, in the singular.
        var noun: String { self == .embed ? "clip" : "head" }

        /// The command that does a share.
        var command: String { "\(rawValue)-shard" }
    }

    /// The part of a stage of the pipeline.
    struct Part: Codable, Equatable {
        /// The stage's name.
        let stage: String
        /// The digest of the recipe that the stage embeds by; the same for all heads: empty.
        let recipe: String
        /// The keys of all that the share owes: 32 bytes each.
        let owed: Data
        /// Those of them that came to nothing when they were last tried: clips that cannot be used, heads that diverged.
        var failed = Data()
    }

    let kind: Kind
    let pipeline: String
    let shard: Shard
    /// Nothing until the corpus has been looked at.
    var parts: [Part]

    /// What the ledger knows it by.
    static let key = Digest.of(["shard manifest"])
    static let stage = "shard"

    /// Whether another file holds another share of the same work.
    func isOfOneSplit(with other: ShardManifest) -> Bool {
        (kind, pipeline, shard.count) == (other.kind, other.pipeline, other.shard.count)
    }

    /// How the clips are embedded, a line a stage; nothing for heads, whose keys say it all.
    var recipes: [String] { kind == .embed ? parts.map { "stage \"\($0.stage)\" by recipe \($0.recipe)" } : [] }

    /// All that came to nothing, whatever the stage.
    var failed: Set<Digest> { Set(parts.flatMap { Part.keys(in: $0.failed) }) }

    /// The share in words: "shard 3/8 of demo".
    var words: String { "shard \(shard) of \(pipeline)\(kind == .train ? "'s heads" : "")" }

    /// Writes it into a shard.
    func record(in store: FeatureStore) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(self), as: UTF8.self)
        try store.record(Self.key, stage: Self.stage, facts: text)
    }

    /// Reads that of a shard; nil where a store has none, or one that makes no sense.
    init?(in store: FeatureStore) throws {
        guard let text = try store.recorded(Self.key),
            let read = try? JSONDecoder().decode(ShardManifest.self, from: Data(text.utf8)),
            Shard(number: read.shard.number, count: read.shard.count) != nil
        else { return nil }
        self = read
    }

    init(_ kind: Kind, of pipeline: String, _ shard: Shard, parts: [Part]) {
        (self.kind, self.pipeline, self.shard, self.parts) = (kind, pipeline, shard, parts)
    }
}

extension ShardManifest.Part {
    init(stage: String, recipe: Recipe?, owed: [Digest]) {
        self.init(stage: stage, recipe: recipe?.digest.description ?? "", owed: Self.data(of: owed))
    }

    static func data(of keys: some Sequence<Digest>) -> Data { Data(keys.flatMap(\.bytes)) }

    static func keys(in data: Data) -> [Digest] {
        stride(from: 0, to: data.count, by: 32).compactMap { Digest(bytes: data.dropFirst($0).prefix(32)) }
    }
}
