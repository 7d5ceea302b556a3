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
            let fields = use.recipe.fields.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)" }
            let head =
                "  recipe \(use.recipe.digest.description.prefix(12)): \(use.clips.clips), \(Self.size(use.bytes))"
            return ([head] + fields).joined(separator: "\n")
        }
        let lines = [
            "\(store.file.relativePath): \(Self.size(statistics.fileBytes))",
            "\(statistics.embeddings) embeddings, \(statistics.trainings) trained heads, \(statistics.files) remembered files",
        ]
        return (lines + recipes).joined(separator: "\n")
    }

    /// Checks the database and every embedding: the `cache verify` command.
    public func verifyCache(dropping: Bool) throws -> CacheVerification {
        CacheVerification(file: store.file.relativePath, result: try store.verify(droppingDamaged: dropping))
    }

    /// Drops what none of the pipelines needs and gives the room back: the `cache prune` command.
    ///
    /// - throws: as planning any of the pipelines does; nothing is dropped then.
    public func pruneCache(keeping pipelines: [URL], dryRun: Bool, options: WorkOptions) throws -> String {
        let needs = try pipelines.map { file in
            try Experiment(file: file, project: self, options: options).cacheNeeds()
        }
        let recipes = Set(needs.flatMap(\.recipes))
        let trainings = Set(needs.flatMap(\.trainings))
        if dryRun { return try forecast(keeping: recipes, trainings: trainings.count) }
        let dropped = try store.prune(
            keepingRecipes: recipes, trainings: trainings, stages: Set(needs.flatMap(\.reports)))
        try store.compact()
        return "dropped \(dropped.embeddings) embeddings and \(dropped.trainings) trained heads; "
            + "\(Self.size(try store.statistics().fileBytes)) left"
    }

    private func forecast(keeping recipes: Set<Digest>, trainings: Int) throws -> String {
        let statistics = try store.statistics()
        let needless = statistics.recipes.filter { !recipes.contains($0.recipe.digest) }
        return "would drop \(needless.reduce(0) { $0 + $1.clips }) embeddings "
            + "and \(max(0, statistics.trainings - trainings)) trained heads or more"
    }

    private static func size(_ bytes: Int) -> String { "\((Double(bytes) / 1_000_000).fixed(1)) MB" }
}

/// What `cache verify` found.
public struct CacheVerification: Sendable {
    private let file: String
    private let result: StoreVerification

    init(file: String, result: StoreVerification) {
        self.file = file
        self.result = result
    }

    /// The findings as text.
    public var text: String {
        let damaged = result.damaged.count + result.damagedTrainings.count
        let verdict = result.isSound ? "sound" : "\(damaged) damaged\(result.dropped ? ", dropped" : "")"
        let heads = counted(result.trainings, "trained head")
        return "\(file): \(result.embeddings) embeddings and \(heads) checked, \(verdict)"
    }

    /// Throws if something is damaged and has not been dropped.
    public func throwIfDamaged() throws {
        guard !result.isSound, !(result.dropped && result.complaints.isEmpty) else { return }
        let found =
            result.complaints + result.damaged.map { "clip \($0?.description ?? "unknown"): wrong checksum" }
            + result.damagedTrainings.map { "answers of training \($0): wrong checksum" }
        throw Diagnosis(
            "the cache is damaged", place: file, found: found.joined(separator: "\n"),
            expected: "every checksum to fit",
            remedy: "timbre cache verify --drop, then run the pipelines again", exit: .badData)
    }
}

extension Experiment {
    /// What this pipeline needs of the cache.
    func cacheNeeds() throws -> (recipes: [Digest], trainings: [Digest], reports: [Digest]) {
        let recipes = try stages(of: EmbedStage.self).filter { !$0.isLeftOut }.map { try $0.cache().recipe.digest }
        let trainings = try stages(of: TrainStage.self).flatMap { try $0.trainings().map(\.key) }
        return (recipes, trainings, stages(of: ReportStage.self).map(\.recordKey))
    }
}
