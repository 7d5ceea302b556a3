import FeatureStore
import Foundation
import Kernels
import Reports
import Wav2Vec2

/// The cached embeddings of one encoder: what is there, what is missing, and the filling of the gap.
struct EmbeddingCache: Sendable {
    let source: EncoderSource
    let recipe: Recipe
    let store: FeatureStore

    init(encoder directory: URL, precision: Precision = .float32, store: FeatureStore) throws {
        source = try EncoderSource(directory: directory, precision: precision, store: store)
        recipe = source.recipe
        self.store = store
    }

    /// The clips without an embedding; of two clips with the same content only the first.
    func missing(of clips: [CorpusClip]) throws -> [CorpusClip] {
        var absent = try store.missing(clips.map(\.digest), recipe: recipe)
        return clips.filter { absent.remove($0.digest) != nil }
    }

    /// Embeds the clips that are missing and returns those that cannot be used.
    ///
    /// Weights are read only if a clip is missing.
    func fill(_ clips: [CorpusClip], jobs: Int, console: Console) throws -> [CorpusProblem] {
        try embed(missing(of: clips), among: clips, jobs: jobs, console: console)
    }

    /// Embeds some of the clips and returns those of all clips that cannot be used.
    ///
    /// Copies of an unusable clip are unusable too.
    ///
    /// - Parameter isForced: whether those are embedded anew that are in the store.
    func embed(
        _ some: [CorpusClip], among clips: [CorpusClip], jobs: Int, isForced: Bool = false, console: Console
    ) throws -> [CorpusProblem] {
        guard !some.isEmpty else { return [] }
        let encoder = try source.encoder()
        let run = EmbeddingRun(encoder: encoder, recipe: recipe, store: store, jobs: jobs, isForced: isForced)
        let reasons = Dictionary(try run.embed(some, console: console).map { ($0.path, $0.reason) }) { first, _ in first
        }
        let unusable = Dictionary(some.compactMap { clip in reasons[clip.path].map { (clip.digest, $0) } }) {
            first, _ in first
        }
        return clips.compactMap { clip in unusable[clip.digest].map { CorpusProblem(path: clip.path, reason: $0) } }
    }

    /// Hands on the chosen layers of one clip's embedding after another, `layers.count × hidden` numbers each.
    ///
    /// So few are read at a time that memory does not grow with the corpus.
    func forEachEmbedding(
        of clips: [CorpusClip], layers: [Int], options: WorkOptions, _ body: ([Float]) throws -> Void
    ) throws {
        let block = 256
        for start in stride(from: 0, to: clips.count, by: block) {
            let some = Array(clips[start..<min(start + block, clips.count)])
            let values = try embeddings(of: some, layers: layers, options: options)
            for clip in some { try body(values[clip.digest] ?? []) }
        }
    }

    /// The chosen layers of those embeddings that the store has, `layers.count × hidden` numbers by content.
    ///
    /// What is damaged, or of another shape than the encoder's, is dropped.
    func stored(_ clips: [Digest], layers: [Int]) throws -> [Digest: [Float]] {
        try store.embeddings(of: clips, recipe: recipe, layers: layers, shape: source.shape)
    }

    /// The chosen layers of each clip's embedding, `layers.count × hidden` numbers by content.
    ///
    /// A row whose checksum does not fit is dropped by the store; it is told and made again here.
    func embeddings(of clips: [CorpusClip], layers: [Int], options: WorkOptions) throws -> [Digest: [Float]] {
        let found = try stored(clips.map(\.digest), layers: layers)
        let lost = clips.filter { found[$0.digest] == nil }
        guard !lost.isEmpty else { return found }
        options.console.line(
            "  warning: \(counted(lost.count, "cached embedding")) damaged or gone; making what is missing again")
        try fill(lost, jobs: options.jobs, console: options.console).throwIfAny(of: lost)
        var remade = try stored(lost.map(\.digest), layers: layers)
        // A shard's cache may say that it has a row, and have one that cannot be the encoder's.
        let left = lost.filter { remade[$0.digest] == nil }
        try embed(left, among: left, jobs: options.jobs, isForced: true, console: options.console).throwIfAny(of: left)
        remade.merge(try stored(left.map(\.digest), layers: layers)) { $1 }
        guard lost.allSatisfy({ remade[$0.digest] != nil }) else {
            throw ModelError.embeddingsLost(store: store.file.path, clips: lost.count)
        }
        return found.merging(remade) { first, _ in first }
    }
}
