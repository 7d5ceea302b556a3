/// Short names for cells that differ in encoder, head or training: what they differ in and nothing else.
struct VariantNames {
    private let axes: [String]
    private let haveSeveralHeads: Bool

    /// Names for cells of these.
    init(among cells: [ReportCell]) {
        let names = cells.first?.axes.map(\.name) ?? []
        axes = names.filter { name in
            !Self.toldElsewhere.contains(name.split(separator: ".")[0].description)
                && Set(cells.map { $0.value(on: name) }).count > 1
        }
        haveSeveralHeads = Set(cells.map(\.head)).count > 1
    }

    /// "standardize train", "random-weights", or the head in words where cells differ on no axis of a grid.
    func name(of cell: ReportCell) -> String {
        let encoder = axes.contains("encoder") || cell.encoder.isEmpty ? "" : cell.encoder
        let values = axes.map { axis in
            axis == "encoder" ? cell.encoder : "\(axis) \(cell.value(on: axis) ?? "")"
        }
        let words = ([encoder] + values).filter { !$0.isEmpty }
        guard words.isEmpty || (axes.isEmpty && haveSeveralHeads) else { return words.joined(separator: ", ") }
        return (words + [cell.head]).joined(separator: ": ")
    }

    /// Axes that tables and pictures have a place of their own for.
    private static let toldElsewhere = ["layer", "seed"] + ReportCell.dividingAxes
}

extension ReportCell {
    /// Axes that decide which clips are tested under which labels: cells that differ on them are never ranked together.
    static let dividingAxes = ["protocol", "folds", "split", "labels", "allowSpeakerOverlap"]

    /// The value chosen on an axis.
    func value(on axis: String) -> String? { axes.first { $0.name == axis }?.value }
}
