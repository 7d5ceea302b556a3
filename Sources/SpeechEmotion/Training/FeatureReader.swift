import FeatureStore

/// Reads tables of features out of the cache.
struct FeatureReader: Sendable {
    /// In corpus order.
    let clips: [CorpusClip]
    /// The embeddings of each embed stage, by its name.
    let embeddings: [String: EmbeddingCache]
    let options: WorkOptions

    /// The features that a name stands for, of all clips.
    func table(_ name: FeatureTable.Name) throws -> FeatureTable {
        guard let cache = embeddings[name.encoder] else {
            preconditionFailure("expected embeddings of \(name.encoder), found none")
        }
        let layers = name.features.layers(of: cache.source.stateCount)
        let states = name.features.mixedStates(of: cache.source.stateCount)
        let hidden = cache.source.configuration.hiddenSize
        var rows: [Float] = []
        try cache.forEachEmbedding(of: clips, layers: layers, options: options) {
            rows += name.features.features(ofStates: $0[...], hidden: hidden)
        }
        let table = FeatureTable(
            speakers: clips.map(\.speaker), digests: clips.map(\.digest), width: rows.count / clips.count / states,
            states: states, values: rows)
        return name.isBySpeaker ? table.standardizedBySpeaker() : table
    }
}
