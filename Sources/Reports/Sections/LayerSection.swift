import Documents
import Drawing
import Evaluation

/// The curves over the layers, with the numbers behind them.
struct LayerSection {
    let curves: [LayerCurve]
    let groups: [ProtocolGroup]
    let resampling: SpeakerResampling

    var blocks: [Block] {
        let curved = curves.enumerated().flatMap { blocks(of: $1, number: $0) }
        return (curved.isEmpty ? [] : [.heading("Over the layers", level: 2)] + curved) + weights
    }

    private func blocks(of curve: LayerCurve, number: Int) -> [Block] {
        var blocks: [Block] = [
            .heading(curve.heading, level: 3),
            .picture(file: LayerCurve.file(number), title: "UA over the layers"), .table(table(of: curve)),
            .paragraph(
                "UA in per cent, mean over training seeds ± standard deviation where there are several; in brackets: "
                    + "\(resampling.meaning)."),
        ]
        if curve.series.count > 4 {
            blocks.append(.paragraph("The picture shows the first 4 of \(curve.series.count) lines."))
        }
        return blocks
    }

    private func table(of curve: LayerCurve) -> Table {
        let layers = curve.numbers.map { "\($0)" } + curve.otherNames
        return Table(
            columns: [.words("layer")] + curve.series.map { .figures(markdown($0.name)) },
            rows: layers.map { layer in
                [markdown(layer)]
                    + curve.series.map { series in
                        (series.layers + series.others).first { $0.layer == layer }.map(text) ?? "–"
                    }
            })
    }

    private func text(_ point: LayerCurve.Point) -> String {
        let deviation =
            point.seeds.count > 1 ? " ± \(percent(MeanAndDeviation(of: point.seeds).deviation))" : ""
        return percent(point.uar) + deviation + bracketed(point.interval)
    }

    /// What each learned weighted sum made of the layers.
    private var weights: [Block] {
        let learned = groups.flatMap(\.cells).filter(learns)
        guard !learned.isEmpty else { return [] }
        let names = VariantNames(among: learned.map(\.cell))
        let variants = groups.flatMap(\.variants).filter { $0.contains(where: learns) }
        let layers = Set(learned.flatMap(\.cell.layers)).sorted()
        let table = Table(
            columns: [.words("protocol"), .words("layer"), .words("variant"), .figures("heads")]
                + layers.map { .figures("\($0)") },
            rows: variants.prefix(12).map { row(of: $0, layers: layers, names: names) })
        return [
            .heading("What weighted sums weigh", level: 2),
            .paragraph(
                "The softmaxed weight of each hidden state in per cent, mean over folds and training seeds ± standard "
                    + "deviation. An untrained sum weighs all alike. Each head's own are in `layer_weights.csv`."),
            .table(table),
        ]
    }

    private func learns(_ summary: CellSummary) -> Bool { summary.folds.contains { !$0.layerWeights.isEmpty } }

    private func row(of cells: [CellSummary], layers: [Int], names: VariantNames) -> [String] {
        let heads = cells.flatMap(\.folds).map(\.layerWeights).filter { !$0.isEmpty }
        let cell = cells[0].cell
        let figures = layers.map { layer in
            guard let place = cell.layers.firstIndex(of: layer) else { return "–" }
            let values = heads.map { Double($0[place]) }
            guard values.count > 1 else { return percent(values[0]) }
            return MeanAndDeviation(of: values).text
        }
        let variant = markdown(names.name(of: cell))
        return [code(cell.split.name), markdown(cell.layer), variant, "\(heads.count)"] + figures
    }
}
