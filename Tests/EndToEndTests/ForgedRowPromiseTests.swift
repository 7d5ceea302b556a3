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
                for command in [
                    ["run", "small.yaml", "--force", "report"], ["export", "small.yaml", "--output", "out"],
                ] {
                    try bench.forgeTraining(key, forge)
                    let outcome = try bench.timbre(command)
                    #expect(outcome.status == 0, "\(name), \(command): \(outcome.errors)")
                    #expect(outcome.errors.contains("training it again"), "\(name), \(command): \(outcome.errors)")
                }
                #expect(try bench.report() == report, "\(name)")
                let exported = try Data(contentsOf: bench.url("out/predictions.csv"))
                #expect(exported == report["predictions.csv"], "\(name)")
            }
            Trials.tell(
                "Forged trainings",
                "\(Self.trainings.count) kinds before a report and before an export, each trained again, "
                    + "the same answers")
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

    private static let shapes = [
        EmbeddingShape(layers: 3, hidden: 8), EmbeddingShape(layers: 3, hidden: 48),
        EmbeddingShape(layers: 3, hidden: 1), EmbeddingShape(layers: 1, hidden: 16),
        EmbeddingShape(layers: 99, hidden: 16),
    ]

    @Test func aForgedEmbeddingOfAnotherShapeIsMadeAgainAndTheReportIsTheSame() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            let report = try bench.report()
            let predict = ["predict", "--head", head, "--format", "json", "corpus/\(Workbench.names[0].path)"]
            let answer = try #require(bench.timbre(predict).probabilities)
            for shape in Self.shapes {
                try bench.forgeEmbedding(of: Workbench.names[0].path, shape)
                let run = try bench.timbre("run", "small.yaml", "--force", "heads")
                #expect(run.status == 0, "\(shape): \(run.errors)")
                #expect(run.errors.contains("1 cached embedding damaged or gone"), "\(shape): \(run.errors)")
                #expect(try bench.report() == report, "\(shape)")
                try bench.forgeEmbedding(of: Workbench.names[0].path, shape)
                let prediction = try bench.timbre(predict)
                #expect(prediction.status == 0, "\(shape): \(prediction.errors)")
                #expect(prediction.probabilities == answer, "\(shape)")
            }
            Trials.tell("Forged embeddings", "\(Self.shapes.count) shapes, each made again, the same report and answer")
        }
    }
}

extension Workbench.Outcome {
    /// What the program printed of a clip before the times.
    fileprivate var probabilities: Substring? { output.range(of: ",\"seconds\"").map { output[..<$0.lowerBound] } }
}

extension Workbench {
    /// Changes what is stored of a training, and its checksum with it.
    fileprivate func forgeTraining(_ key: Digest, _ forge: (inout StoredTraining) -> Void) throws {
        let store = try FeatureStore(at: url("cache/features.sqlite"))
        var training = try #require(try store.training(key))
        forge(&training)
        try store.store(training)
        try store.close()
    }

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
