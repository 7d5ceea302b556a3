import Diagnosis
import FeatureStore
import Foundation
import Pipeline
import Reports

extension Project {
    /// What the cache holds, as text: the `cache stats` command.
    public func cacheStatistics() throws -> String {
        let statistics = try store.statistics()
        let recipes = statistics.recipes.map { use in
            let fields = use.recipe?.fields.sorted { $0.key < $1.key }.map {
                "    \(Diagnosis.printableLine("\($0.key): \($0.value)"))"
            }
            let head = "  recipe \(use.digest.description.prefix(12)): \(use.clips.clips), \(megabytes(use.bytes))"
            return ([head] + (fields ?? ["    what it says is lost"])).joined(separator: "\n")
        }
        let lines = [
            "\(store.file.relativePath): \(megabytes(statistics.fileBytes))",
            "\(statistics.embeddings) embeddings, \(statistics.trainings) trained heads, \(statistics.files) remembered files",
        ]
        return (lines + recipes).joined(separator: "\n")
    }

    /// Drops what none of the pipelines needs and gives the room back: the `cache prune` command.
    ///
    /// What it drops might be what another process has just made for another pipeline, so it waits until none runs.
    ///
    /// - throws: as planning any of the pipelines does; nothing is dropped then.
    public func pruneCache(keeping pipelines: [URL], dryRun: Bool, options: WorkOptions) throws -> String {
        let needs = try pipelines.map { file in
            try Experiment(file: file, project: self, options: options).cacheNeeds()
        }
        let recipes = Set(needs.flatMap(\.recipes))
        let trainings = Set(needs.flatMap(\.trainings))
        if dryRun { return try forecast(keeping: recipes, trainings: trainings.count) }
        let dropped = try withExtendedLifetime(claimingAlone(store.file, console: options.console)) {
            let dropped = try store.prune(
                keepingRecipes: recipes, trainings: trainings, stages: Set(needs.flatMap(\.records)))
            try store.compact()
            return dropped
        }
        return "dropped \(dropped.embeddings) embeddings and \(dropped.trainings) trained heads; "
            + "\(megabytes(try store.statistics().fileBytes)) left"
    }

    private func forecast(keeping recipes: Set<Digest>, trainings: Int) throws -> String {
        let statistics = try store.statistics()
        let needless = statistics.recipes.filter { !recipes.contains($0.digest) }
        return "would drop \(needless.reduce(0) { $0 + $1.clips }) embeddings "
            + "and \(max(0, statistics.trainings - trainings)) trained heads or more"
    }
}

extension Experiment {
    /// What this pipeline needs of the cache.
    func cacheNeeds() throws -> (recipes: [Digest], trainings: [Digest], records: [Digest]) {
        let recipes = try stages(of: EmbedStage.self).filter { !$0.isLeftOut }.map { try $0.cache().recipe.digest }
        let trainings = try stages(of: TrainStage.self).flatMap { try $0.trainings().map(\.key) }
        let records = stages(of: ReportStage.self).map(\.recordKey) + trainings.map(Divergence.recordKey)
        return (recipes, trainings, records)
    }
}
