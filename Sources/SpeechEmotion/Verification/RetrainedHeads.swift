import EmotionHead
import Evaluation
import FeatureStore
import Kernels
import Synchronization

/// The heads of a cell that test some of a sample's clips, trained again to be asked about them.
struct RetrainedHeads {
    /// Those that test at least one of the clips.
    let trainings: [FoldTraining]
    private let cell: TrainingCell
    /// By their index in the corpus.
    private let clips: [Int: EmbeddedTwice]

    init(of cell: TrainingCell, in trainings: [FoldTraining], asked sample: [EmbeddedTwice]) {
        self.cell = cell
        let clips = Dictionary(uniqueKeysWithValues: sample.map { ($0.clip, $0) })
        self.clips = clips
        self.trainings = trainings.filter { training in
            training.cell.id == cell.id && training.fold.test.contains { clips[$0] != nil }
        }
    }

    /// What each head says of the clips in its test part by their two embeddings, heads in the order of their folds.
    ///
    /// - Parameter reader: reads what the heads were trained on.
    func answers(from reader: FeatureReader) throws -> [TwofoldAnswer] {
        guard let name = trainings.first?.table else { return [] }
        let table = try reader.table(name)
        let answers = Mutex<[Int: [TwofoldAnswer]]>([:])
        try onWorkers(reader.options.jobs, over: trainings, makeTool: {}) { training, _ in
            let head = try training.run(on: table).head
            let asked = training.fold.test.filter { clips[$0] != nil }
            let own = try classes(of: asked, \.own, by: head, training)
            let other = try classes(of: asked, \.other, by: head, training)
            let labels = training.division.labels(of: asked)
            let given = asked.indices.map {
                TwofoldAnswer(speaker: table.speakers[asked[$0]], label: labels[$0], own: own[$0], other: other[$0])
            }
            answers.withLock { $0[training.index] = given }
        }
        return answers.withLock { answers in trainings.flatMap { answers[$0.index] ?? [] } }
    }

    private func classes(
        of asked: [Int], _ embedding: KeyPath<EmbeddedTwice, Embedding>, by head: Head, _ training: FoldTraining
    ) throws -> [Int] {
        try asked.compactMap { clips[$0] }.map { clip in
            let embedding = clip[keyPath: embedding]
            let states = embedding.states(ofLayers: cell.features.layers(of: embedding.layers))
            let features = cell.features.features(ofStates: states[...], hidden: embedding.hidden)
            let probabilities = head.probabilities(of: features)[0]
            guard areFinite(probabilities) else {
                throw ModelError.answerNotFinite(head: training.name, clip: clip.path)
            }
            return predictedClass(of: probabilities)
        }
    }
}
