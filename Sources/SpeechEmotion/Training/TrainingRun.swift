import EmotionHead
import FeatureStore
import Foundation

/// Trains heads on several workers; each is saved and its results stored as soon as it is done.
struct TrainingRun: Sendable {
    let tables: FeatureTables
    let store: FeatureStore
    /// Where heads are saved.
    let folder: URL
    let pipeline: String
    /// The embeddings of each embed stage, by its name.
    let embeddings: [String: EmbeddingCache]

    /// Trains them all; the first failure stops the taking of further ones.
    func train(_ trainings: [FoldTraining], jobs: Int, console: Console) throws {
        if trainings.contains(where: \.cell.savesHeads) { try Project.create(folder) }
        let progress = Progress("training", total: trainings.count, of: "head", console: console)
        try onWorkers(jobs, over: inOrderOfTables(trainings), makeTool: {}) { training, _ in
            try train(training)
            progress.advance()
        }
        console.line("  trained \(progress.summary())")
    }

    /// Trainings of one table behind each other, tables in the order of their first training.
    private func inOrderOfTables(_ trainings: [FoldTraining]) -> [FoldTraining] {
        let names = trainings.map(\.table)
        var ranks: [FeatureTable.Name: Int] = [:]
        for name in names where ranks[name] == nil { ranks[name] = ranks.count }
        let order = trainings.indices.sorted { (ranks[names[$0]] ?? 0, $0) < (ranks[names[$1]] ?? 0, $1) }
        return order.map { trainings[$0] }
    }

    private func train(_ training: FoldTraining) throws {
        let (head, result) = try tables.use(training.table) { try training.run(on: $0) }
        if training.cell.savesHeads {
            let file = folder.appendingPathComponent(training.fileName)
            let facts = try facts(of: training)
            try HeadFile(head: head, classes: training.cell.division.labels.classes, metadata: facts.metadata)
                .write(to: file)
        }
        try store.store(result)
    }

    private func facts(of training: FoldTraining) throws -> HeadFacts {
        guard let cache = embeddings[training.encoder] else {
            preconditionFailure("expected embeddings of \(training.encoder), found none")
        }
        return HeadFacts(
            encoder: cache.source.directory.relativePath, recipe: cache.recipe.fields,
            features: training.cell.features, standardize: training.cell.standardize, pipeline: pipeline,
            cell: training.cell.id, splitProtocol: training.cell.division.splitProtocol.name,
            foldsDigest: training.division.digest.description, fold: training.fold.name,
            key: training.key.description, origin: cache.source.origin.words)
    }
}
