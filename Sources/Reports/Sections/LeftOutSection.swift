import Documents

/// Cells of the grid that are not reported, and why.
struct LeftOutSection {
    let cells: [LeftOutCell]

    var blocks: [Block] {
        guard !cells.isEmpty else { return [] }
        let table = Table(
            columns: [.words("cell"), .words("what it is"), .words("folds"), .words("first reason")],
            rows: cells.map { cell in
                [code(cell.id), markdown(words(of: cell)), markdown(folds(of: cell)), markdown(cell.folds[0].reason)]
            })
        return [
            .heading("Cells left out", level: 2),
            .paragraph(
                "\(counted(cells.count, "cell")) of the grid could not be trained: numbers that are not finite came up. "
                    + "No figure here is of \(cells.count == 1 ? "it" : "them")."),
            .table(table),
        ]
    }

    private func words(of cell: LeftOutCell) -> String {
        cell.axes.isEmpty ? cell.head : cell.axes.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }

    private func folds(of cell: LeftOutCell) -> String { cell.folds.map(\.name).joined(separator: ", ") }
}
