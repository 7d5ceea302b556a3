import Checkpoints
import Evaluation
import FeatureStore

/// `embeddings.npz`: what NumPy is given of a trained grid.
///
/// Arrays that grow with the corpus times the grid are made while they are written, embeddings clip by clip and predictions
/// training by training.
struct ExportedArrays {
    let trained: TrainedCells
    /// Of the embed stage whose embeddings are written.
    let cache: EmbeddingCache
    /// In corpus order.
    let clips: [CorpusClip]
    /// What `predicted` and the columns of `probabilities` index into.
    let classes: [String]
    let options: WorkOptions

    func archive() throws -> NumPyArchive {
        var archive = NumPyArchive()
        addClips(to: &archive)
        addFolds(to: &archive)
        addPredictions(to: &archive)
        return archive
    }

    private func addClips(to archive: inout NumPyArchive) {
        let layers = Array(0..<cache.source.stateCount)
        archive.add(
            "embeddings", shape: [clips.count, layers.count, cache.source.configuration.hiddenSize],
            floats: { try cache.forEachEmbedding(of: clips, layers: layers, options: options, $0) })
        archive.add("layers", layers.map(Int64.init), shape: [layers.count])
        archive.add("labels", clips.map { Int64($0.label) }, shape: [clips.count])
        archive.add("clips", clips.map(\.path))
        archive.add("speakers", clips.map(\.speaker))
        archive.add("classes", trained.stage.embedStage.corpusStage.labels.classes)
    }

    private func addFolds(to archive: inout NumPyArchive) {
        let plan = divisions
        let numbered = plan.divisions.enumerated().flatMap { index, division in division.folds.map { (index, $0) } }
        archive.add("fold_names", numbered.map(\.1.name))
        archive.add("fold_divisions", numbered.map { Int64($0.0) }, shape: [numbered.count])
        archive.add(
            "parts", shape: [numbered.count, clips.count],
            integers: { write in for (_, fold) in numbered { try write(fold.partNumbers(of: clips.count)) } })
        archive.add("cells", trained.cells.map { $0[0].cell.id })
        archive.add("cell_divisions", plan.ofCells.map(Int64.init), shape: [plan.ofCells.count])
        archive.add("division_protocols", plan.divisions.map(\.split.name))
        archive.add("division_digests", plan.divisions.map(\.split.digest))
    }

    private func addPredictions(to archive: inout NumPyArchive) {
        let plan = divisions
        addColumn("prediction_cells", to: &archive) { cell, training in
            training.fold.test.map { _ in Int64(cell) }
        }
        addColumn("prediction_folds", to: &archive) { cell, training in
            training.fold.test.map { _ in Int64(plan.fold(training.index, ofCell: cell)) }
        }
        addColumn("prediction_clips", to: &archive) { _, training in training.fold.test.map(Int64.init) }
        addColumn("prediction_labels", to: &archive) { _, training in
            let columns = columns(of: training.cell)
            return training.division.labels(of: training.fold.test).map { columns[$0] }
        }
        addColumn("predicted", to: &archive) { _, training in
            let columns = columns(of: training.cell)
            return try trained.stored(training).predictions.map { columns[predictedClass(of: $0.probabilities)] }
        }
        archive.add("prediction_classes", classes)
        archive.add("probabilities", shape: [predictionCount, classes.count], floats: writeProbabilities)
    }

    private var divisions: ExportedDivisions { ExportedDivisions(trained.cells) }

    private var predictionCount: Int { trained.cells.joined().reduce(0) { $0 + $1.fold.test.count } }

    /// Where the classes of a cell stand among those of all cells.
    private func columns(of cell: TrainingCell) -> [Int64] {
        cell.division.labels.classes.map { Int64(classes.firstIndex(of: $0) ?? 0) }
    }

    /// Adds an array of one number a prediction.
    private func addColumn(
        _ name: String, to archive: inout NumPyArchive,
        of numbers: @escaping (_ cell: Int, FoldTraining) throws -> [Int64]
    ) {
        archive.add(
            name, shape: [predictionCount],
            integers: { write in
                for (index, cell) in trained.cells.enumerated() {
                    for training in cell { try write(numbers(index, training)) }
                }
            })
    }

    /// A class that a cell does not have is not a number in its rows.
    private func writeProbabilities(_ write: ([Float]) throws -> Void) throws {
        for training in trained.cells.joined() {
            let columns = columns(of: training.cell)
            for prediction in try trained.stored(training).predictions {
                var row = [Float](repeating: .nan, count: classes.count)
                for (column, share) in zip(columns, prediction.probabilities) { row[Int(column)] = share }
                try write(row)
            }
        }
    }
}

extension Fold {
    /// For each of so many clips which part it is in: 0 none, 1 train, 2 validation, 3 test.
    func partNumbers(of count: Int) -> [Int64] {
        var numbers = [Int64](repeating: 0, count: count)
        for (part, members) in zip(Int64(1)..., [train, validation, test]) {
            for clip in members { numbers[clip] = part }
        }
        return numbers
    }
}
