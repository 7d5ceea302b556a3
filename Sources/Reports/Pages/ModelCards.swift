import Evaluation

/// Writes the model cards of a pipeline's heads, cell by cell; speakers are drawn once for all of them.
///
/// A card follows Mitchell et al., "Model cards for model reporting" (FAT* 2019): what the head is, on what it was trained
/// and tested and how well it did, what it is not for. The same values give the same bytes.
public final class ModelCards {
    private let source: CardSource
    private let resampling: SpeakerResampling

    /// - Parameter bootstrap: how intervals are drawn; the report's own give the report's intervals.
    public init(_ source: CardSource, bootstrap: SpeakerBootstrap) {
        self.source = source
        resampling = SpeakerResampling(bootstrap)
    }

    /// The cards of a cell's heads in Markdown, one a fold, as many heads as folds.
    public func cards(of heads: [CardHead], cell: ReportCell, folds: [ReportFold]) -> [String] {
        precondition(heads.count == folds.count, "\(folds.count) heads expected, found \(heads.count)")
        let summary = CellSummary(cell, folds: folds, resampling: resampling)
        return zip(heads, summary.folds).map { head, fold in
            ModelCard(source: source, head: head, summary: summary, fold: fold, resampling: resampling).text
        }
    }
}
