import Evaluation

/// What one head answers for a test clip, asked with the embeddings of two precisions.
struct TwofoldAnswer: Sendable, Equatable {
    let speaker: String
    let label: Int
    /// By the embedding at the stage's precision, and by the other.
    let own, other: Int

    var isSame: Bool { own == other }
}

extension PairedComparison {
    /// By how much the answers at a stage's precision are better than those at the other; nil where there are none.
    ///
    /// The interval, over speakers, needs two of them.
    init?(of answers: [TwofoldAnswer], classes: Int, bootstrap: SpeakerBootstrap) {
        guard !answers.isEmpty else { return nil }
        let speakers = Dictionary(grouping: answers, by: \.speaker).sorted { $0.key < $1.key }.map(\.value)
        let drawing = speakers.count > 1 ? bootstrap.drawing(speakers: speakers.count) : nil
        func result(_ answer: KeyPath<TwofoldAnswer, Int>) -> PairedResult {
            let matrices = speakers.map { answers in
                ConfusionMatrix(
                    labels: answers.map(\.label), predictions: answers.map { $0[keyPath: answer] }, classes: classes)
            }
            return PairedResult(
                speakers: matrices, isRight: speakers.joined().map { $0.label == $0[keyPath: answer] },
                replicates: drawing.map { bootstrap.replicates(of: matrices, drawing: $0) })
        }
        self.init(first: result(\.other), second: result(\.own), confidence: bootstrap.confidence)
    }
}
