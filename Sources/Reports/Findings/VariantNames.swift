/// Short names for cells that differ in encoder, head or training: what they differ in and nothing else.
struct VariantNames {
    private let axes: [String]
    private let haveSeveralHeads: Bool

    /// Names for cells of these; `leavingOut` are axes that need no name.
    init(among cells: [ReportCell], leavingOut unnamed: [String] = []) {
        let toldElsewhere = ["layer", "seed"] + unnamed
        axes = cells.axisNames.filter { name in
            let axis = ReportAxis(name: name, value: "")
            return !axis.isDividing && !toldElsewhere.contains(where: axis.isUnder)
                && Set(cells.map { $0.value(on: name) }).count > 1
        }
        haveSeveralHeads = Set(cells.map(\.head)).count > 1
    }

    /// "standardize train", "random-weights", or the head in words where cells differ on no axis of a grid.
    func name(of cell: ReportCell) -> String {
        let encoder = axes.contains("encoder") || cell.encoder.isEmpty ? "" : cell.encoder
        let values = axes.map { axis in
            axis == "encoder" ? cell.encoder : "\(axis) \(cell.value(on: axis) ?? "–")"
        }
        let words = ([encoder] + values).filter { !$0.isEmpty }
        guard words.isEmpty || (axes.isEmpty && haveSeveralHeads) else { return words.joined(separator: ", ") }
        return (words + [cell.head]).joined(separator: ": ")
    }
}
