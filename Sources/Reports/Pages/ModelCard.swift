import Documents
import Drawing
import Evaluation

/// The page that goes with a saved head: what it is, on what it was trained and tested, how well it did, and its limits.
struct ModelCard {
    let source: CardSource
    let head: CardHead
    /// What the cell gave in all its folds.
    let summary: CellSummary
    /// The head's own fold.
    let fold: FoldSummary
    let resampling: SpeakerResampling

    private var cell: ReportCell { summary.cell }

    var text: String {
        let limits = ModelCardLimits(corpus: source.corpus, head: head, cell: cell)
        let blocks =
            title + limits.stamps + purpose + data + splitting
            + ModelCardScores(summary: summary, fold: fold, resampling: resampling).blocks
            + training + limits.blocks + ModelCardUse(head: head, classes: cell.classes, layers: cell.layers).blocks
        return blocks.markdown
    }

    private var title: [Block] { [.heading("Speech emotion head \(code(head.file))", level: 1)] }

    private var purpose: [Block] {
        [
            .paragraph(
                "A small classifier on a frozen speech encoder: for one clip of speech it gives each of "
                    + "\(cell.classes.count) classes a probability. \(markdown(source.software)) trained it for pipeline "
                    + "\(code(source.pipeline)), cell \(code(cell.id)), fold \(code(fold.name))."),
            .heading("What it is", level: 2),
            Self.table([
                ("input", input), ("standardisation", scaling), ("layers", layers),
                ("classes", cell.classes.enumerated().map { "\($0) \(markdown($1))" }.joined(separator: ", ")),
                ("output", "one logit a class; their softmax is the probabilities"),
                ("encoder", "\(markdown(head.encoder.origin)), weights SHA-256 \(code(head.encoder.digest))"),
                ("from sound to states", markdown(head.encoder.recipe)),
            ]),
        ]
    }

    private var input: String {
        let numbers = cell.layers.map { "\($0)" }.joined(separator: ", ")
        let states = cell.layers.count == 1 ? "hidden state \(numbers)" : "hidden states \(numbers)"
        let how =
            switch head.input {
            case .layer: ""
            case .concatenation: ", one behind the other"
            case .average: ", their average"
            case .weightedSum:
                ", their sum under learned weights (`mix.weight`, \(cell.layers.count) × \(head.encoder.hidden))"
            }
        return "\(states) of 0 to \(head.encoder.states - 1), the mean over the clip's frames\(how): "
            + "\(head.inputs(layers: cell.layers.count)) numbers a clip, float32"
    }

    private var scaling: String {
        switch head.scaling {
        case .none: "none"
        case .train:
            "by the training clips, folded into the \(head.input == .weightedSum ? "mixture and the " : "")first layer: "
                + "states go in as they are"
        case .speaker:
            "by the mean and deviation of all of the speaker's own clips: to be done before the head is asked"
        }
    }

    private var layers: String {
        let widths = [head.inputs(layers: cell.layers.count)] + head.hidden + [cell.classes.count]
        return zip(widths, widths.dropFirst()).enumerated().map { position, pair in
            "Linear \(pair.0) → \(pair.1) (\(code("\(3 * position).weight")) \(pair.1) × \(pair.0), "
                + "\(code("\(3 * position).bias")))"
        }.joined(separator: ", ReLU, Dropout \(head.dropout), ")
    }

    private var data: [Block] {
        let corpus = source.corpus
        return [
            .heading("Data", level: 2),
            Self.table(
                [
                    ("corpus", markdown(corpus.name)),
                    (
                        "clips",
                        "\(corpus.clips) of \(counted(corpus.speakers, "speaker")), SHA-256 \(code(corpus.digest))"
                    ),
                    ("labels", markdown(cell.labels.isEmpty ? "the corpus's own" : cell.labels)),
                    ("licence of the data", markdown(corpus.licence)),
                ] + (corpus.citation.map { [("to be cited", markdown($0))] } ?? [])),
        ]
    }

    private var splitting: [Block] {
        [
            .heading("Protocol", level: 2),
            Self.table([
                ("protocol", code(cell.split.name)), ("who is tested", markdown(cell.split.summary)),
                ("speakers", cell.split.isSpeakerIndependent ? "speaker-independent" : "speaker-dependent"),
                ("folds", "SHA-256 \(code(cell.split.digest))"),
                ("trained on", Self.words(head.train)), ("validated on", Self.words(head.validation)),
                ("tested on", tested),
            ]),
        ]
    }

    private var tested: String {
        let most = 60
        let names = fold.speakers.prefix(most).map { markdown($0.name) }.joined(separator: ", ")
        let others = fold.speakers.count - most
        return Self.words(CardHead.Part(clips: fold.matrix.total, speakers: fold.speakers.count))
            + ": \(names)" + (others > 0 ? " and \(others) others" : "")
    }

    private var training: [Block] {
        [
            .heading("Training", level: 2),
            Self.table([
                ("head and training", markdown(cell.head)), ("seed", "\(cell.seed)"),
                ("epochs run", "\(fold.epochsRun)"), ("epoch kept", fold.bestEpoch.map { "\($0)" } ?? "–"),
            ]),
        ]
    }

    private static func words(_ part: CardHead.Part) -> String {
        part.clips == 0 ? "no clip" : "\(counted(part.clips, "clip")) of \(counted(part.speakers, "speaker"))"
    }

    private static func table(_ facts: [(String, String)]) -> Block {
        .table(Table(columns: [.words("what"), .words("value")], rows: facts.map { [$0.0, $0.1] }))
    }
}

extension CardHead {
    /// How many numbers its first layer takes of a clip of which it sees so many states.
    func inputs(layers: Int) -> Int { input == .concatenation ? layers * encoder.hidden : encoder.hidden }
}
