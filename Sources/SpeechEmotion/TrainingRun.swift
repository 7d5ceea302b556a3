import EmotionHead
import FeatureStore
import Foundation

/// Trains heads on several workers; each is saved and its results stored as soon as it is done.
struct TrainingRun: Sendable {
    let classes: [String]
    let tables: [FeatureTable.Name: FeatureTable]
    let store: FeatureStore
    /// Where heads are saved.
    let folder: URL
    let pipeline: String
    let embeddings: EmbeddingCache

    /// Trains them all; the first failure stops the taking of further ones.
    func train(_ trainings: [FoldTraining], jobs: Int, console: Console) throws {
        try Project.create(folder)
        let progress = Progress("training", total: trainings.count, of: "head", console: console)
        try onWorkers(jobs, over: trainings, makeTool: {}) { training, _ in
            try train(training)
            progress.advance()
        }
        console.line("  trained \(progress.summary())")
    }

    private func train(_ training: FoldTraining) throws {
        guard let table = tables[FeatureTable.Name(training.cell)] else {
            preconditionFailure("expected features for layer \(training.cell.layer), found none")
        }
        let (head, result) = try training.run(on: table, classes: classes)
        let file = folder.appendingPathComponent(training.fileName)
        try HeadFile(head: head, classes: classes, metadata: facts(of: training).metadata).write(to: file)
        try store.store(result)
    }

    private func facts(of training: FoldTraining) -> HeadFacts {
        HeadFacts(
            encoder: embeddings.source.directory.relativePath, recipe: embeddings.recipe.fields,
            layer: training.cell.layer, standardize: training.cell.standardize, pipeline: pipeline,
            cell: training.cell.id,
            splitProtocol: training.cell.splitProtocol.name, fold: training.fold.name, key: training.key.description,
            origin: embeddings.source.origin.words)
    }
}
