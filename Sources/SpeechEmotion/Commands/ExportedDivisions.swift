/// The divisions of a grid, each once, and which of them each cell uses.
struct ExportedDivisions {
    /// In the order in which cells first use them.
    let divisions: [Division]
    /// For each cell the index of its division.
    let ofCells: [Int]
    /// For each division where its folds begin when those of all divisions stand one behind the other.
    private let starts: [Int]

    init(_ cells: [[FoldTraining]]) {
        var divisions: [Division] = []
        var indexes: [ObjectIdentifier: Int] = [:]
        ofCells = cells.map { cell in
            let division = cell[0].division
            if let index = indexes[ObjectIdentifier(division)] { return index }
            indexes[ObjectIdentifier(division)] = divisions.count
            divisions.append(division)
            return divisions.count - 1
        }
        self.divisions = divisions
        starts = divisions.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.folds.count) }
    }

    /// For each division the first cell that uses it.
    var firstCells: [Int] { divisions.indices.compactMap { ofCells.firstIndex(of: $0) } }

    /// How many folds all divisions have.
    var foldCount: Int { starts[divisions.count] }

    /// Where a cell's fold stands among the folds of all divisions.
    func fold(_ index: Int, ofCell cell: Int) -> Int { starts[ofCells[cell]] + index }
}
