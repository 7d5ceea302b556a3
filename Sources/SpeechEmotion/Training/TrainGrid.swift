import Evaluation
import FeatureStore
import Pipeline
import Synchronization

/// The points of a train stage's grid, read and checked; which encoder's features they see is said later.
struct TrainGrid {
    /// In the order of the grid.
    let cells: [TrainingCell]

    /// Expands and reads a stage's parameters.
    ///
    /// - throws: `PipelineError` and `Diagnosis` with the place of what is wrong, ``StageError`` for cells that are the same
    ///   and parameters that none takes.
    init(_ declaration: StageDeclaration, labels: CorpusLabels, jobs: Int) throws {
        let points = try ParameterGrid(expanding: declaration.parameters, lists: TrainingCell.lists).points
        let setting = CellSetting(labels: labels, foldFiles: FoldFiles())
        cells = TrainingCell.identified(try Self.cells(at: points, setting: setting, jobs: jobs))
        try checkNoneIsRepeated(stage: declaration.name)
        try checkNoParameterIsIdle(stage: declaration.name)
    }

    /// Every cell once for each encoder, those of the first encoder first.
    func cells(onEachOf encoders: [String]) -> [TrainingCell] {
        TrainingCell.identified(encoders.flatMap { name in cells.map { $0.on(encoder: name) } })
    }

    /// The names of the axes, those that only some cells have included, in the order in which cells first have them.
    var axes: [String] { cells.flatMap(\.axes).map(\.axis).uniqued() }
}

extension TrainGrid {
    /// Reads the points on several workers; of several errors the first point's is thrown.
    private static func cells(
        at points: [ParameterGrid.Point], setting: CellSetting, jobs: Int
    ) throws -> [TrainingCell] {
        let read = Mutex([Int: Result<TrainingCell, any Error>]())
        try onWorkers(jobs, over: Array(points.indices), makeTool: {}) { index, _ in
            let cell = Result { try TrainingCell(points[index], setting: setting) }
            read.withLock { $0[index] = cell }
        }
        return try read.withLock { read in try points.indices.compactMap { try read[$0]?.get() } }
    }

    private func checkNoneIsRepeated(stage: String) throws {
        let counts = Dictionary(grouping: cells, by: \.parameters).mapValues(\.count)
        if let repeated = cells.first(where: { (counts[$0.parameters] ?? 0) > 1 }) {
            throw StageError.repeatedCell(stage: stage, cell: repeated.id)
        }
    }

    /// A parameter that no cell's protocol takes would do nothing, and whoever set it would not know.
    private func checkNoParameterIsIdle(stage: String) throws {
        let first = Set(cells[0].division.idleParameters)
        let idle = cells.reduce(first) { $0.intersection($1.division.idleParameters) }
        guard let parameter = idle.min() else { return }
        throw StageError.idleParameter(
            stage: stage, parameter: "split.\(parameter)",
            protocols: Set(cells.map(\.division.splitProtocol.name)).sorted())
    }
}
