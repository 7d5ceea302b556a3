import Diagnosis
import FeatureStore
import Foundation
import Reports

/// What `cache verify` found, and did about it.
public struct CacheVerification: Sendable {
    private let file: String
    private let result: StoreVerification
    private let recipes: [RecheckedRecipe]
    private let rescue: StoreRescue?
    private let isDropping: Bool

    /// Checks the database, every row, and a sample of embeddings against the encoders that made them.
    ///
    /// - Parameters:
    ///   - sample: how many embeddings of each recipe are computed again.
    ///   - dropping: drops what is damaged; of a database with damaged structures everything sound is copied into a fresh
    ///     one, and the damaged one moved aside.
    /// - throws: `FeatureStoreError` when the database cannot be opened and is not to be, or cannot be, rescued.
    public init(of cache: URL, sample: Int, seed: UInt64, dropping: Bool, options: WorkOptions) throws {
        let file = cache.appendingPathComponent("features.sqlite")
        self.file = file.relativePath
        isDropping = dropping
        var (store, result) = try Self.checked(file, dropping: dropping)
        var rescue: StoreRescue?
        if dropping && Self.isToBeRescued(result) {
            store = nil
            let alone = claimingAlone(file, console: options.console)
            defer { withExtendedLifetime(alone) {} }
            // Another process may have done it while this one waited.
            (store, result) = try Self.checked(file, dropping: true)
            if Self.isToBeRescued(result) {
                store = nil
                rescue = try FeatureStore.rescue(file)
                (store, result) = try Self.checked(file, dropping: false)
            }
        }
        guard let store, let result else {
            throw FeatureStoreError.damaged(file: file.path, reason: "it does not open")
        }
        (self.result, self.rescue) = (result, rescue)
        guard result.complaints.isEmpty else {
            recipes = []
            return
        }
        recipes = try EmbeddingRecheck(store: store, count: sample, seed: seed, options: options).run()
        if dropping {
            for recipe in try store.recipes() {
                let unfit = recipes.filter { $0.recipe == recipe.digest }.flatMap(\.unfit)
                if !unfit.isEmpty { try store.drop(unfit, recipe: recipe) }
            }
        }
    }

    /// Whether the store does not open, or its structures are damaged.
    private static func isToBeRescued(_ result: StoreVerification?) -> Bool { result?.complaints.isEmpty != true }

    /// Opens the store and checks its rows; neither where it is so damaged that it does not open, and may be rescued.
    private static func checked(_ file: URL, dropping: Bool) throws -> (FeatureStore?, StoreVerification?) {
        do {
            let store = try opened(file, readOnly: !dropping)
            return (store, try store.verify(droppingDamaged: dropping))
        } catch let error as FeatureStoreError where dropping && error.isDamage {
            return (nil, nil)
        }
    }

    /// A database with damaged structures often opens for reading only; one of an earlier version must be brought up to date.
    private static func opened(_ file: URL, readOnly: Bool) throws -> FeatureStore {
        do {
            return try FeatureStore(at: file, readOnly: readOnly || !FileManager.default.fileExists(atPath: file.path))
        } catch FeatureStoreError.olderSchema {
            return try FeatureStore(at: file)
        }
    }

    /// The findings as text.
    public var text: String {
        let verdict = result.isSound ? "sound" : "\(result.damagedRows) damaged\(result.dropped ? ", dropped" : "")"
        let heads = counted(result.trainings, "trained head")
        let summary = "\(file): \(result.embeddings) embeddings and \(heads) checked, \(verdict)"
        return ([rescued].compactMap { $0 } + [summary] + recipes.map(\.text)).joined(separator: "\n")
    }

    private var rescued: String? {
        rescue.map {
            "the database was damaged: \($0.embeddings) embeddings and \(counted($0.trainings, "trained head")) were copied "
                + "into a fresh one; the damaged one is \($0.aside)"
        }
    }

    /// Throws if something is damaged and has not been dropped.
    public func throwIfDamaged() throws {
        let found = isDropping ? result.complaints : rows
        let unusable = recipes.compactMap(\.problem)
        guard !found.isEmpty || !unusable.isEmpty else { return }
        throw Diagnosis(
            found.isEmpty ? "stored embeddings could not be computed again" : "the cache is damaged", place: file,
            found: (found + unusable).joined(separator: "\n"),
            expected: "every checksum to fit, and every embedding to be what its encoder gives",
            remedy: found.isEmpty
                ? "mend the encoder or the clip; the rows themselves are sound"
                : "\(FeatureStoreError.rescue(of: file)), then run the pipelines again",
            exit: .badData)
    }

    private var rows: [String] {
        let embeddings =
            result.damaged.map { "clip \($0?.description ?? "unknown"): wrong checksum" }
            + result.notFinite.map { "clip \($0?.description ?? "unknown"): NaN or infinity among its values" }
        let trainings = result.damagedTrainings.map { "training \($0?.description ?? "unknown"): wrong checksum" }
        let facts = counted(result.damagedRecords, "remembered fact")
        let records = result.damagedRecords == 0 ? [] : ["\(facts): wrong checksum"]
        let misshapen = recipes.flatMap(\.misshapen).map { "clip \($0): of another shape than what its encoder gives" }
        let different = recipes.flatMap(\.damaged).map { "\($0.name): \($0.words)" }
        return result.complaints + embeddings + trainings + records + misshapen + different
    }
}
