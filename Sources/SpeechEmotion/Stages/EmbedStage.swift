import FeatureStore
import Foundation
import Kernels
import Pipeline

/// Stage kind `embed`: stores the mean over frames of every hidden state of every clip.
///
///     embeddings: {kind: embed, needs: clips, encoder: cache/encoders/wav2vec2-base, layers: all, pooling: mean}
///
/// One pass gives all states, so `layers` has one value; which of them a head sees is the train stage's choice.
/// `precision: bfloat16` is faster where the processor has AVX512-BF16, and other embeddings: part of the recipe. With
/// `optional: true` the stage is left out where its encoder is not there, such as an untrained one for a control.
final class EmbedStage: StageWork {
    let name: String
    let corpusStage: any ClipSource
    let encoder: URL
    let precision: Precision
    let isOptional: Bool
    private let scene: Scene
    private var opened: EmbeddingCache?
    /// Clips that could not be embedded in this run.
    private(set) var unusable: [CorpusProblem] = []

    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, corpusStage: any ClipSource, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        name = declaration.name
        self.corpusStage = corpusStage
        encoder = URL(fileURLWithPath: try reader.required("encoder", .text, excludedFromKey: true))
        _ = try reader.value("layers", .choice(["all"]), default: "all")
        _ = try reader.value("pooling", .choice(["mean"]), default: "mean")
        // The recipe's digest, which the key holds, covers it.
        let name = try reader.value(
            "precision", .choice(Precision.allCases.map(\.rawValue)), default: Precision.float32.rawValue,
            excludedFromKey: true)
        precision = Precision(rawValue: name) ?? .float32
        isOptional = try reader.value("optional", .bool, default: false, excludedFromKey: true)
        canonicalParameters = try reader.finish()
        self.scene = scene
    }

    /// Whether the stage may be left out and is, because its encoder is not there.
    var isLeftOut: Bool { isOptional && !EncoderPlace(encoder).isThere }

    /// The cache as this stage's encoder fills it.
    func cache() throws -> EmbeddingCache {
        if let opened { return opened }
        let cache = try EmbeddingCache(encoder: encoder, precision: precision, store: scene.project.store)
        opened = cache
        if let remark = cache.source.place.remark { scene.options.console.line("\(name): \(remark)") }
        return cache
    }

    /// The clips that heads may use: all of the corpus but those that could not be embedded.
    func usableClips() throws -> [CorpusClip] {
        let left = Set(unusable.map(\.path))
        return try corpusStage.corpus().clips.filter { !left.contains($0.path) }
    }

    /// Everything that was left out, with reasons, by path.
    func excluded() throws -> [CorpusProblem] {
        (try corpusStage.corpus().problems + unusable).sorted { $0.path < $1.path }
    }

    func externalInputs() throws -> [String] { isLeftOut ? [] : [try cache().recipe.digest.description] }

    func state(for key: StageKey) throws -> StageState {
        guard !isLeftOut else { return .fresh(detail: "left out: \(encoder.relativePath) is not there") }
        let clips = try usableClips()
        let missing = try scene.project.store.missing(clips.map(\.digest), recipe: cache().recipe)
        let cached = "\(clips.count { !missing.contains($0.digest) }) of \(clips.count.clips) cached"
        let problems = try corpusStage.corpus().problems
        guard problems.isEmpty || scene.options.keepGoing else {
            return .stale(reason: "\(cached), \(problems.count) missing or unusable")
        }
        return missing.isEmpty ? .fresh(detail: cached) : .stale(reason: cached)
    }

    /// Takes for unusable those of the clips that came to nothing elsewhere and that the store still lacks.
    func leaveOut(_ failed: Set<Digest>) throws {
        let clips = try corpusStage.corpus().clips
        let missing = try scene.project.store.missing(clips.map(\.digest), recipe: cache().recipe)
        let lost = missing.intersection(failed)
        unusable = clips.filter { lost.contains($0.digest) }.map {
            CorpusProblem(path: $0.path, reason: "came to nothing in its shard")
        }
    }

    /// Embeds clips that are missing, and remembers which of them cannot be used.
    func tryAgain(_ clips: [CorpusClip]) throws {
        unusable = try cache().embed(
            clips, among: corpusStage.corpus().clips, jobs: scene.options.jobs, console: scene.options.console)
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let corpus = try corpusStage.corpus()
        let wanted = context.isForced ? corpus.clips : try cache().missing(of: corpus.clips)
        unusable = try cache().embed(
            wanted, among: corpus.clips, jobs: context.jobs, isForced: context.isForced,
            console: scene.options.console)
        if !unusable.isEmpty { try corpus.checkPresence() }
        let left = try excluded()
        guard left.isEmpty || context.keepGoing else {
            throw CorpusError.badClips(
                stage: name, root: corpus.place, problems: left.map(\.line))
        }
        let leftOut = left.isEmpty ? "" : ", \(left.count) left out"
        return StageOutcome("\(corpus.clips.count - unusable.count) of \(corpus.clips.count.clips) cached\(leftOut)")
    }
}
