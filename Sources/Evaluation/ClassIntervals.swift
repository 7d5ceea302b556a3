/// How far one class's scores would move with other speakers.
public struct ClassIntervals: Sendable, Equatable {
    /// Of the recall, over the draws in which the class has clips; nil if it has none in any.
    public let recall: Interval?
    /// Of the precision, which is 0 in a draw in which no clip was answered as this class.
    public let precision: Interval
    /// Of F1, over the draws in which the class has clips or was answered, as in macro F1; nil if there are none.
    public let f1: Interval?
}

extension SpeakerBootstrap {
    /// The intervals of every class's scores over the pooled clips of each draw.
    ///
    /// A recall without clips to recall is no number: draws that miss a class say nothing of its recall. Elsewhere a
    /// ratio of nothing to nothing is 0, as in ``Scores``.
    ///
    /// `speakers` holds one confusion matrix a speaker, as many as `drawing` has, each with clips; anything else traps.
    public func classIntervals(of speakers: [ConfusionMatrix], drawing: SpeakerDraws) -> [ClassIntervals] {
        ClassReplicates(of: speakers, drawing: drawing).intervals(confidence: confidence)
    }
}

/// The pooled scores of every class under each draw that says something of them.
private struct ClassReplicates {
    /// One entry a class, each with one entry a draw.
    private var recall, precision, f1: [[Double]]

    init(of speakers: [ConfusionMatrix], drawing: SpeakerDraws) {
        precondition(
            speakers.count == drawing.speakers,
            "draws of \(speakers.count) speakers expected, found draws of \(drawing.speakers)")
        let table = SpeakerTallies(speakers)
        var pooled = ClassTallies(classes: table.classes)
        var empty: [Double] = []
        empty.reserveCapacity(drawing.draws)
        recall = Array(repeating: empty, count: table.classes)
        (precision, f1) = (recall, recall)
        for draw in 0..<drawing.draws {
            table.pool(drawing[draw], into: &pooled)
            for index in 0..<table.classes { append(pooled, of: index) }
        }
    }

    private mutating func append(_ pooled: ClassTallies, of index: Int) {
        let (hasClips, isAnswered) = (pooled.support(index) > 0, pooled.predicted(index) > 0)
        if hasClips { recall[index].append(pooled.recall(of: index)) }
        if hasClips || isAnswered { f1[index].append(pooled.f1(of: index)) }
        precision[index].append(pooled.precision(of: index))
    }

    func intervals(confidence: Double) -> [ClassIntervals] {
        recall.indices.map { index in
            ClassIntervals(
                recall: interval(recall[index], confidence),
                precision: Interval(holding: confidence, of: precision[index]),
                f1: interval(f1[index], confidence))
        }
    }

    private func interval(_ values: [Double], _ confidence: Double) -> Interval? {
        values.isEmpty ? nil : Interval(holding: confidence, of: values)
    }
}
