import Evaluation

/// One cell of a report, read back to be set beside another.
public struct ComparedResult: Sendable, Equatable {
    /// What to call it, such as "demo/2c0de8f4"; distinct from the other's.
    public var name: String
    /// What the cell is; its id does not matter.
    public var cell: ReportCell
    /// The warnings that its report begins with.
    public var stamps: [String]
    /// What its heads said of their test clips; histories and validation parts may be absent.
    public var folds: [ReportFold]

    /// Gathers one result.
    public init(name: String, cell: ReportCell, stamps: [String], folds: [ReportFold]) {
        self.name = name
        self.cell = cell
        self.stamps = stamps
        self.folds = folds
    }
}

/// Why two results cannot be set beside each other.
public enum ComparisonFault: Error, Equatable, Sendable {
    /// They are results on other recordings, by the SHA-256 of their corpora.
    case corpora(String, String)
    /// They have other classes.
    case classes([String], [String])
    /// No clip is tested in both.
    case noCommonClip
    /// A clip has one label in the first and another in the second.
    case label(clip: String, String, String)
    /// A clip has one speaker in the first and another in the second.
    case speaker(clip: String, String, String)
    /// A clip is tested in several folds, and the two results do not have the same folds.
    case testedTwice(clip: String)
}

/// A test clip of two results.
struct CommonClip {
    let first, second: ReportPrediction
    /// The names of the folds that test it.
    let folds: (first: String, second: String)

    var isFlipped: Bool { first.predicted != second.predicted }
    var isRight: (first: Bool, second: Bool) { (first.predicted == first.label, second.predicted == second.label) }
}

/// The test clips that two results share, in the order of the first.
struct CommonClips {
    let clips: [CommonClip]
    /// How many test clips only one of the two has.
    let onlyFirst, onlySecond: Int

    init(_ first: ComparedResult, _ second: ComparedResult) throws(ComparisonFault) {
        let classes = first.cell.classes
        guard first.cell.corpus == second.cell.corpus else { throw .corpora(first.cell.corpus, second.cell.corpus) }
        guard classes == second.cell.classes else { throw .classes(classes, second.cell.classes) }
        let sharesFolds = first.cell.split.digest == second.cell.split.digest
        let ones = try Self.keyed(first.folds, sharesFolds: sharesFolds)
        let others = try Self.keyed(second.folds, sharesFolds: sharesFolds)
        let known = Dictionary(uniqueKeysWithValues: others.map { ($0.key, $0) })
        var clips: [CommonClip] = []
        for (key, fold, one) in ones {
            guard let (_, otherFold, other) = known[key] else { continue }
            guard one.label == other.label else {
                throw .label(clip: one.clip, classes[one.label], classes[other.label])
            }
            guard one.speaker == other.speaker else { throw .speaker(clip: one.clip, one.speaker, other.speaker) }
            clips.append(CommonClip(first: one, second: other, folds: (fold, otherFold)))
        }
        guard !clips.isEmpty else { throw .noCommonClip }
        self.clips = clips
        (onlyFirst, onlySecond) = (ones.count - clips.count, others.count - clips.count)
    }

    private typealias Keyed = (key: [String], fold: String, prediction: ReportPrediction)

    /// Each test clip under a key that the other result has for it too: its path, and its fold if they share the folds.
    private static func keyed(_ folds: [ReportFold], sharesFolds: Bool) throws(ComparisonFault) -> [Keyed] {
        var seen: Set<[String]> = []
        var result: [Keyed] = []
        for fold in folds {
            for prediction in fold.predictions {
                let key = sharesFolds ? [prediction.clip, fold.name] : [prediction.clip]
                guard seen.insert(key).inserted else { throw .testedTwice(clip: prediction.clip) }
                result.append((key, fold.name, prediction))
            }
        }
        return result
    }
}

extension ComparedResult {
    /// The result with its classes in another order; unchanged where the classes are not the same ones.
    func reordered(as classes: [String]) -> ComparedResult {
        let places = classes.compactMap { cell.classes.firstIndex(of: $0) }
        guard places.count == classes.count, classes.count == cell.classes.count, Set(places).count == places.count
        else { return self }
        var result = self
        result.cell.classes = classes
        result.folds = folds.map { fold in
            var fold = fold
            fold.predictions = fold.predictions.map { prediction in
                ReportPrediction(
                    clip: prediction.clip, speaker: prediction.speaker,
                    label: places.firstIndex(of: prediction.label) ?? prediction.label,
                    probabilities: places.map { prediction.probabilities[$0] })
            }
            return fold
        }
        return result
    }
}
