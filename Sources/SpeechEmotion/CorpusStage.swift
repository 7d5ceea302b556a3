import Foundation
import Pipeline

/// Stage kind `corpus`: finds, names and digests the clips.
///
///     clips: {kind: corpus, layout: ravdess, root: cache/corpora/ravdess, complete: true}
final class CorpusStage: StageWork {
    let name: String
    private let layout: any CorpusLayout
    private let root: URL
    private let complete: Bool
    private let scene: Scene
    private var listed: Corpus?

    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        name = declaration.name
        layout = CorpusLayouts.layout(named: try reader.required("layout", .choice(CorpusLayouts.names)))
        root = URL(fileURLWithPath: try reader.required("root", .text, excludedFromKey: true))
        complete = try reader.value("complete", .bool, default: true)
        canonicalParameters = try reader.finish()
        self.scene = scene
    }

    /// The corpus as it lies on disk now; listed once.
    func corpus() throws -> Corpus {
        if let listed { return listed }
        let corpus = try Corpus(
            root: root, layout: layout, complete: complete, store: scene.project.store, jobs: scene.options.jobs)
        listed = corpus
        return corpus
    }

    /// Whether Timbre itself spoke the clips.
    var isSynthetic: Bool { SynthesizeStage.madeDirectory(root) }

    func externalInputs() throws -> [String] { [try corpus().digest.description] }

    func state(for key: StageKey) throws -> StageState {
        let corpus = try corpus()
        guard corpus.problems.isEmpty else {
            return .stale(reason: "\(corpus.problems.count.clips) missing or unusable")
        }
        return .fresh(detail: summary(of: corpus))
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let corpus = try corpus()
        guard corpus.problems.isEmpty || context.keepGoing else {
            throw CorpusError.badClips(
                stage: name, root: root.relativePath, problems: corpus.problems.map { "\($0.path): \($0.reason)" })
        }
        return StageOutcome("\(summary(of: corpus)), \(corpus.problems.count) left out")
    }

    private func summary(of corpus: Corpus) -> String {
        "\(corpus.clips.count.clips) of \(corpus.speakers.count) speakers"
    }
}
