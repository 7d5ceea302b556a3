import EmotionHead
import FeatureStore
import Foundation
import Synchronization

/// Trains heads on several workers; each is saved and its results stored as soon as it is done.
struct TrainingRun: Sendable {
    let tables: FeatureTables
    let store: FeatureStore
    let shelf: HeadShelf
    /// The embeddings of each embed stage, by its name.
    let embeddings: [String: EmbeddingCache]
    /// Whether heads are trained although the store has their results.
    let isForced: Bool

    /// Trains them all but those that another process trains meanwhile, and returns the heads that diverged, in the order
    /// of `trainings`.
    ///
    /// A head that diverges stops no other; any other failure stops the taking of further ones.
    func train(_ trainings: [FoldTraining], jobs: Int, console: Console) throws -> [Divergence] {
        if trainings.contains(where: \.cell.savesHeads) { try shelf.make() }
        let progress = Progress("training", total: trainings.count, of: "head", done: "trained", console: console)
        let diverged = Mutex<[Digest: Divergence]>([:])
        let work = SharedWork<FoldTraining>(
            claim: { store.claim($0.key) }, isDone: { try isDone($0, progress) },
            putOff: { tables.letGo($0.table) }, waits: progress.waits)
        try work.run(inOrderOfTables(trainings), on: jobs, makeTool: {}) { training, _ in
            do {
                try train(training)
                progress.advance()
            } catch let error as EmotionHeadError where error.isDivergence {
                let divergence = Divergence(training, error)
                try store.record(divergence)
                diverged.withLock { $0[training.key] = divergence }
                progress.skip(weight: 1)
            }
        }
        console.line("  trained \(progress.summary())")
        return diverged.withLock { diverged in trainings.compactMap { diverged[$0.key] } }
    }

    /// Whether nothing is left to do, because the head was trained meanwhile, or by a pipeline that shares it.
    private func isDone(_ training: FoldTraining, _ progress: Progress) throws -> Bool {
        guard !isForced, try !store.trainedKeys([training.key]).isEmpty else { return false }
        if !training.cell.savesHeads || shelf.holds(training) {
            progress.find("by another process")
        } else if try shelf.copy(training, facts: facts(of: training)) {
            progress.find("copied from another pipeline")
        } else {
            return false
        }
        tables.letGo(training.table)
        return true
    }

    /// Trainings of one table behind each other, tables in the order of their first training.
    private func inOrderOfTables(_ trainings: [FoldTraining]) -> [FoldTraining] {
        let names = trainings.map(\.table)
        var ranks: [FeatureTable.Name: Int] = [:]
        for name in names where ranks[name] == nil { ranks[name] = ranks.count }
        let order = trainings.indices.sorted { (ranks[names[$0]] ?? 0, $0) < (ranks[names[$1]] ?? 0, $1) }
        return order.map { trainings[$0] }
    }

    /// The file comes before the row, so that where there is a row there is a file.
    private func train(_ training: FoldTraining) throws {
        let (head, result) = try tables.use(training.table) { try training.run(on: $0) }
        if training.cell.savesHeads { try shelf.save(head, of: training, facts: facts(of: training)) }
        try store.store(result)
    }

    private func facts(of training: FoldTraining) throws -> HeadFacts {
        guard let cache = embeddings[training.encoder] else {
            preconditionFailure("expected embeddings of \(training.encoder), found none")
        }
        return HeadFacts(
            encoder: cache.source.directory.relativePath, recipe: cache.recipe.fields,
            features: training.cell.features, standardize: training.cell.standardize, pipeline: shelf.pipeline,
            cell: training.cell.id, splitProtocol: training.cell.division.splitProtocol.name,
            foldsDigest: training.division.digest.description, fold: training.fold.name,
            key: training.key.description, origin: cache.source.origin.words)
    }
}
