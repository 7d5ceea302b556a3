import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

/// Rows that a stranger's cache may bring: their checksums are right, as nothing secret goes into them, and they say nonsense.
@Suite struct ForgedRowPromiseTests {
    private static let trainings: [(name: String, forge: @Sendable (inout StoredTraining) -> Void)] = [
        ("a label below the classes", { $0.predictions[0].label = -1 }),
        ("a label beyond the classes", { $0.predictions[0].label = 99 }),
        ("another label than the clip's", { $0.predictions[0].label = ($0.predictions[0].label + 1) % 8 }),
        ("a probability above 1", { $0.predictions[0].probabilities[0] = 1.5 }),
        ("a probability below 0", { $0.predictions[0].probabilities[0] = -0.5 }),
        (
            "a class too few",
            { training in
                for index in training.predictions.indices { training.predictions[index].probabilities.removeLast() }
            }
        ),
        (
            "no class",
            { training in
                for index in training.predictions.indices { training.predictions[index].probabilities = [] }
            }
        ),
        ("a clip too few", { $0.predictions.removeLast() }),
        ("a clip twice", { $0.predictions.append($0.predictions[0]) }),
        ("clips in another order", { $0.predictions.swapAt(0, 1) }),
        ("a clip of nobody", { $0.predictions[0].clip = Digest.of(["nobody"]) }),
        ("weights of layers that the head is not given", { $0.layerWeights = [0.5, 0.5] }),
        ("a weight of the only layer", { $0.layerWeights = [1] }), ("a best epoch of no epoch", { $0.bestEpoch = 77 }),
        ("epochs numbered otherwise", { $0.history[$0.history.count - 1].epoch = 99 }),
        ("an accuracy above 1", { $0.history[0].trainAccuracy = 1e308 }),
        ("an infinite loss", { $0.history[0].trainLoss = .infinity }),
        ("a validation clip too few", { $0.validation.removeLast() }),
        ("a validation label beyond the classes", { $0.validation[0].label = 8 }),
    ]

    @Test func aForgedTrainingIsTrainedAgainAndTheReportIsTheSame() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let (file, report) = (bench.url("cache/features.sqlite"), try bench.report())
            let key = try #require(
                DatabaseQueue(path: file.path).read { try Digest.fetchOne($0, sql: "SELECT min(key) FROM trainings") })
            for (name, forge) in Self.trainings {
                let store = try FeatureStore(at: file)
                var training = try #require(try store.training(key), "\(name)")
                forge(&training)
                try store.store(training)
                try store.close()
                for command in [
                    ["run", "small.yaml", "--force", "report"], ["export", "small.yaml", "--output", "out"],
                ] {
                    let outcome = try bench.timbre(command)
                    #expect(outcome.status == 0, "\(name), \(command): \(outcome.errors)")
                    #expect(outcome.errors.contains("training it again") == (command[0] == "run"), "\(name)")
                }
                #expect(try bench.report() == report, "\(name)")
            }
            Trials.tell("Forged trainings", "\(Self.trainings.count) kinds, each trained again, the same report")
        }
    }

    @Test func aShardWhoseCacheHasAForgedEmbeddingMakesItsOwn() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.forgeEmbedding(of: Workbench.names[0].path, EmbeddingShape(layers: 3, hidden: 8))
            let outcome = try bench.timbre(
                "train-shard", "small.yaml", "--shard", "1/1", "--output", "heads.sqlite", "--set", "heads.seed=9")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test(arguments: [
        EmbeddingShape(layers: 3, hidden: 8), EmbeddingShape(layers: 3, hidden: 48),
        EmbeddingShape(layers: 3, hidden: 1),
        EmbeddingShape(layers: 1, hidden: 16), EmbeddingShape(layers: 99, hidden: 16),
    ]) func aForgedEmbeddingOfAnotherShapeIsMadeAgainAndTheReportIsTheSame(_ shape: EmbeddingShape) throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            let report = try bench.report()
            let clip = "corpus/\(Workbench.names[0].path)"
            let answer = try #require(bench.timbre("predict", "--head", head, "--format", "json", clip).probabilities)
            for command in [
                ["run", "small.yaml", "--force", "heads"], ["predict", "--head", head, "--format", "json", clip],
            ] {
                try bench.forgeEmbedding(of: Workbench.names[0].path, shape)
                let outcome = try bench.timbre(command)
                #expect(outcome.status == 0, "\(command): \(outcome.errors)")
                if command[0] == "run" {
                    #expect(outcome.errors.contains("1 cached embedding damaged or gone"), "\(outcome.errors)")
                    #expect(try bench.report() == report)
                } else {
                    #expect(outcome.probabilities == answer)
                }
            }
        }
    }
}

extension Workbench.Outcome {
    /// What the program printed of a clip before the times.
    fileprivate var probabilities: Substring? { output.range(of: ",\"seconds\"").map { output[..<$0.lowerBound] } }
}

extension Workbench {
    /// Puts an embedding of ones, with a right checksum, into the place of a clip's.
    fileprivate func forgeEmbedding(of clip: String, _ shape: EmbeddingShape) throws {
        let store = try FeatureStore(at: url("cache/features.sqlite"))
        let recipe = try #require(try store.recipes().first)
        let key = try Digest(hashing: Data(contentsOf: url("corpus/\(clip)")))
        let values = [Float](repeating: 1, count: shape.layers * shape.hidden)
        try store.store(
            Embedding(layers: shape.layers, hidden: shape.hidden, frames: 5, values: values, instructionSet: "avx2"),
            clip: key, recipe: recipe)
        try store.close()
    }
}
