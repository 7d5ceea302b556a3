import Evaluation

/// Everything that a cell chooses but its training seed and, if so wanted, its value on one axis.
struct SettingKey: Hashable {
    let axes: [ReportAxis]
    let encoder, layer: String

    init(_ cell: ReportCell, apartFrom axis: String? = nil) {
        axes = cell.variantAxes.filter { $0.name != axis }
        encoder = axis == "encoder" ? "" : cell.encoder
        layer = cell.layer
    }
}

/// Short names for settings: the axes on which they differ.
struct SettingNames {
    private let axes: [String]

    init(among cells: [ReportCell], apartFrom axis: String) {
        axes = cells.flatMap(\.variantAxes).map(\.name).uniqued()
            .filter { name in name != axis && Set(cells.map { $0.value(on: name) }).count > 1 }
    }

    func name(of cell: ReportCell) -> String {
        axes.map { "\($0) \(cell.value(on: $0) ?? "–")" }.joined(separator: ", ")
    }
}
