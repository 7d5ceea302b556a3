import Drawing
import Evaluation

/// What the cells of a report say together, worked out once.
struct Findings {
    let cells: [CellSummary]
    let groups: [ProtocolGroup]
    let selections: [SelectedResult]
    let curves: [LayerCurve]
    let axes: [AxisCurve]
    let gaps: [LeakGap]
    let comparisons: [CellComparison]
    let stamps: [String]
    let resampling: SpeakerResampling

    init(report: Report, cells: [CellSummary], resampling: SpeakerResampling) {
        self.cells = cells
        stamps = report.stamps
        self.resampling = resampling
        let groups = ProtocolGroup.groups(of: cells)
        self.groups = groups
        selections = groups.flatMap { group in
            report.selection.map { SelectedResult.results(of: group, by: $0, resampling: resampling) } ?? []
        }
        curves = groups.compactMap { LayerCurve($0, stamps: report.stamps, resampling: resampling) }
        axes = AxisCurve.curves(over: groups, stamps: report.stamps, resampling: resampling)
        gaps = LeakGap.gaps(among: groups, resampling: resampling)
        comparisons = CellComparison.comparisons(in: groups, as: report.comparison, resampling: resampling)
    }

    /// The tables that are written when all cells are known, by file name; empty ones are not written.
    var tables: [(String, String)] {
        [
            ("cells.csv", CellsTable(cells: cells.map(\.cell), stamps: stamps).text),
            ("controls.csv", MetricsTable(cells.filter(\.cell.isControl)).text),
            ("selected.csv", MetricsTable(selections).text),
            ("selection.csv", SelectionTable(results: selections).text),
            ("comparisons.csv", ComparisonsTable(comparisons: comparisons).text),
            ("leak_gap.csv", LeakGapTable(gaps: gaps).text),
            ("layer_weights.csv", LayerWeightsTable(cells: cells).text),
        ]
    }

    /// The pictures of several cells, by file name.
    var pictures: [(String, SVGDocument)] {
        let layers = curves.enumerated().map { number, curve in
            (LayerCurve.file(number), LayerCurvePicture(curve: curve, number: number).document)
        }
        let leaks = gaps.prefix(LeakGap.mostPictures).enumerated().map { number, gap in
            (LeakGap.file(number), LeakGapPicture(gap: gap, number: number).document)
        }
        return layers + axes.map { ($0.file, AxisCurvePicture(curve: $0).document) } + leaks
    }
}
