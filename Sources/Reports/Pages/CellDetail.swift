import Documents
import Drawing
import Evaluation

/// One cell at length: what is said of it and what is drawn of it, made while its clips are at hand.
struct CellDetail {
    let summary: CellSummary
    /// By the names of their files, in the order of the page.
    let pictures: [(file: String, document: SVGDocument)]
    let blocks: [Block]

    /// - Parameter isPictured: whether its pictures are drawn.
    init(
        _ summary: CellSummary, folds: [ReportFold], classIntervals: [ClassIntervals]?, report: Report,
        resampling: SpeakerResampling, isPictured: Bool
    ) {
        self.summary = summary
        pictures = isPictured ? Self.pictures(of: summary, folds: folds, stamps: report.stamps) : []
        blocks =
            DetailSection(
                summary: summary, classIntervals: classIntervals, claims: report.claimedConfusions,
                resampling: resampling, pictures: pictures.map(\.file)
            ).blocks
    }

    private static func pictures(
        of summary: CellSummary, folds: [ReportFold], stamps: [String]
    ) -> [(file: String, document: SVGDocument)] {
        let cell = summary.cell
        let curves = CurvesPicture(summary: summary, histories: folds, stamps: stamps)
        return [(cell.confusionFile, ConfusionMatrixPicture(summary: summary, stamps: stamps).document)]
            + (summary.hasHistory ? [(cell.curvesFile, curves.document)] : [])
            + [
                (cell.speakersFile, SpeakersPicture(summary: summary, stamps: stamps).document),
                (
                    cell.reliabilityFile,
                    ReliabilityPicture(cell: cell, calibration: summary.calibration, stamps: stamps).document
                ),
            ]
    }

    /// What `report.html` has of the cell.
    var html: String {
        let named = Dictionary(uniqueKeysWithValues: pictures.map { ($0.file, $0.document) })
        let id = xml(summary.cell.id)
        let axes = summary.cell.axes.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        let name = axes.isEmpty ? id : "\(id): \(xml(shortened(axes, to: 80)))"
        return "<section class=\"cell\" data-cell=\"\(id)\" data-name=\"\(name)\">\n"
            + "\(blocks.html(pictures: named))</section>\n"
    }
}
