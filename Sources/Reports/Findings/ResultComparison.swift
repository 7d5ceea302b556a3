import Documents
import Drawing
import Evaluation

/// Two results of two reports, or of one, set beside each other on the test clips that they share.
public struct ResultComparison {
    let first, second: ComparedResult
    let common: CommonClips
    /// Over the shared clips alone.
    let summaries: (first: CellSummary, second: CellSummary)
    let paired: PairedComparison
    let resampling: SpeakerResampling

    /// Compares the second with the first.
    public init(
        _ first: ComparedResult, _ second: ComparedResult, bootstrap: SpeakerBootstrap
    ) throws(ComparisonFault) {
        let second = second.reordered(as: first.cell.classes)
        (self.first, self.second) = (first, second)
        common = try CommonClips(first, second)
        let resampling = SpeakerResampling(bootstrap)
        let clips = common.clips
        summaries = (
            Self.summary(of: first, clips.map { ($0.folds.first, $0.first) }, resampling),
            Self.summary(of: second, clips.map { ($0.folds.second, $0.second) }, resampling)
        )
        paired = PairedComparison(
            first: Self.paired(summaries.first, clips.map(\.isRight.first), resampling),
            second: Self.paired(summaries.second, clips.map(\.isRight.second), resampling),
            confidence: bootstrap.confidence)
        self.resampling = resampling
    }

    /// A result as if only these clips had been tested.
    private static func summary(
        of result: ComparedResult, _ clips: [(fold: String, prediction: ReportPrediction)],
        _ resampling: SpeakerResampling
    ) -> CellSummary {
        var cell = result.cell
        cell.id = result.name
        let folds = grouped(clips, by: \.fold).map { clips in
            ReportFold(name: clips[0].fold, bestEpoch: nil, predictions: clips.map(\.prediction), history: [])
        }
        return CellSummary(cell, folds: folds, resampling: resampling)
    }

    private static func paired(
        _ summary: CellSummary, _ isRight: [Bool], _ resampling: SpeakerResampling
    ) -> PairedResult {
        PairedResult(
            speakers: summary.speakers.map(\.matrix), isRight: isRight,
            replicates: resampling.replicates(of: summary.speakers))
    }
}

extension ResultComparison {
    /// What `timbre compare` prints: the whole comparison in Markdown but for the pictures, which would need files.
    public var markdown: String { ComparisonPage(comparison: self, isPictured: false).blocks.markdown }

    /// The files of a folder for the comparison: `compare.md`, `compare.html`, `flips.csv` and the pictures.
    public var files: [RenderedText] {
        let page = ComparisonPage(comparison: self)
        return [
            RenderedText(file: "compare.md", text: page.blocks.markdown),
            RenderedText(file: "compare.html", text: page.html),
            RenderedText(file: "flips.csv", text: FlipsTable(comparison: self).text),
        ] + page.pictures.map { RenderedText(file: $0.file, text: $0.document.text()) }
    }

    /// The warnings of both reports.
    var stamps: [String] { (first.stamps + second.stamps).uniqued() }

    /// The shared clips that the two answer differently, those that only one answers rightly first.
    var flipped: [CommonClip] {
        let flipped = common.clips.filter(\.isFlipped)
        return Flip.allCases.flatMap { kind in flipped.filter { Flip($0) == kind } }
    }
}

/// What became of a clip that two results answer differently.
enum Flip: String, CaseIterable {
    /// Only the second answers rightly.
    case mended
    /// Only the first answers rightly.
    case broken
    /// Neither does.
    case otherwise

    init(_ clip: CommonClip) {
        switch clip.isRight {
        case (false, true): self = .mended
        case (true, false): self = .broken
        default: self = .otherwise
        }
    }

    var words: String {
        switch self {
        case .mended: "now right"
        case .broken: "no longer right"
        case .otherwise: "wrong in another way"
        }
    }
}
