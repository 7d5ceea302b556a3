import Evaluation
import Pipeline

/// Stage kind `corpora`: several corpora as one, for `protocol: cross-corpus`.
///
///     both: {kind: corpora, needs: [ravdess, emodb]}
///
/// Clips are known as `ravdess/…` and `emodb/…`, by the names of the stages, speakers by those of the layouts; the classes are
/// those that any of the corpora has.
final class JointCorpusStage: ClipSource {
    let name: String
    let parts: [CorpusStage]
    private var joined: Corpus?

    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, parts: [CorpusStage]) throws {
        name = declaration.name
        self.parts = parts
        canonicalParameters = try declaration.parameters.reader().finish()
    }

    func corpus() throws -> Corpus {
        if let joined { return joined }
        let corpus = Corpus(
            joining: try parts.map { ($0.name, $0.layoutName, try $0.corpus()) }, classes: labels.classes)
        joined = corpus
        return corpus
    }

    var labels: CorpusLabels {
        CorpusLabels(
            classes: parts.flatMap(\.labels.classes).uniqued(), name: "all",
            parts: parts.map { ($0.name, $0.labels.classes) })
    }

    var isSynthetic: Bool { parts.contains(where: \.isSynthetic) }

    var source: CorpusSource { .joint(parts.map { ($0.name, $0.source) }) }

    /// Stages of other names call the clips otherwise; everything else is in the keys of the corpora.
    func externalInputs() throws -> [String] { parts.map(\.name) }

    func state(for key: StageKey) throws -> StageState { .fresh(detail: try summary()) }

    func run(_ context: RunContext) throws -> StageOutcome { StageOutcome(try summary()) }
}
