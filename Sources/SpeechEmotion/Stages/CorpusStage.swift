import Foundation
import Pipeline

/// A stage whose clips an embed stage may need: one corpus, or several as one.
protocol ClipSource: StageWork {
    var name: String { get }

    /// The clips as they lie on disk now; listed once.
    func corpus() throws -> Corpus

    /// The classes that the clips may have, whatever lies on disk.
    var labels: CorpusLabels { get }

    /// Whether Timbre itself spoke clips of it.
    var isSynthetic: Bool { get }

    /// What must be said of the clips wherever they, or what was learned from them, go.
    var source: CorpusSource { get }

    /// The corpora by name where it is several; empty where it is one.
    var parts: [CorpusStage] { get }
}

/// Stage kind `corpus`: finds, names and digests the clips.
///
///     clips: {kind: corpus, layout: ravdess, root: cache/corpora/ravdess, complete: true}
///     own: {kind: corpus, layout: table, table: own.csv, columns: {label: emotion}, root: cache/corpora/own}
final class CorpusStage: ClipSource {
    let name: String
    private let layout: any CorpusLayout
    private let root: URL
    private let complete: Bool
    private let scene: Scene
    private var listed: Corpus?

    let parts: [CorpusStage] = []
    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        name = declaration.name
        layout = try CorpusLayouts.layout(reader)
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

    /// What stage files call the layout.
    var layoutName: String { type(of: layout).name }

    /// The classes that the layout knows, whatever lies on disk.
    var labels: CorpusLabels { CorpusLabels(classes: layout.classes, name: layout.labelSet) }

    /// Whether Timbre itself spoke the clips.
    var isSynthetic: Bool { SynthesizeStage.madeDirectory(root) }

    /// What must be said of the clips wherever they, or what was learned from them, go.
    var source: CorpusSource { isSynthetic ? .synthetic : layout.source }

    /// Where more than the paths says what clips are, that too.
    func externalInputs() throws -> [String] {
        let corpus = try corpus()
        return [corpus.digest.description] + (layout is any NamingLayout ? [] : [corpus.statements.description])
    }

    /// Fresh whatever is wrong with it: the embed stage tells of all clips that cannot be used at once, at its end.
    func state(for key: StageKey) throws -> StageState { .fresh(detail: try summary()) }

    func run(_ context: RunContext) throws -> StageOutcome { StageOutcome(try summary()) }
}

extension ClipSource {
    /// How many clips and speakers there are, and how many problems.
    func summary() throws -> String {
        let corpus = try corpus()
        let problems = corpus.problems.isEmpty ? "" : ", \(corpus.problems.count) missing or unusable"
        return "\(corpus.clips.count.clips) of \(corpus.speakers.count) speakers\(problems)"
    }
}
