/// What a confusion matrix says in numbers, each defined as in scikit-learn with `zero_division=0`.
public struct Scores: Sendable, Equatable {
    /// WA: the share of clips answered rightly (`accuracy_score`).
    public let accuracy: Double
    /// UA, or unweighted average recall: the mean recall over the classes that have clips (`balanced_accuracy_score`).
    public let uar: Double
    /// The mean F1 over the classes that have clips or were answered (`f1_score`, `average="macro"`, `labels=None`).
    ///
    /// A class that neither has clips nor was answered does not count; the mean over all classes, whatever occurs, is
    /// the mean of ``perClass``'s F1.
    public let macroF1: Double
    /// F1 of all decisions together (`average="micro"`); with one label a clip it equals ``accuracy``.
    public let microF1: Double
    /// The mean F1 weighted by each class's clips (`average="weighted"`).
    public let weightedF1: Double
    /// One entry a class, absent classes included (`precision_recall_fscore_support` with all labels given).
    public let perClass: [ClassScores]

    /// Computes every score of a matrix that holds at least one clip.
    public init(_ matrix: ConfusionMatrix) {
        let tallies = ClassTallies(matrix)
        precondition(tallies.total > 0, "scores need at least one clip, found an empty confusion matrix")
        accuracy = tallies.accuracy
        uar = tallies.uar
        macroF1 = tallies.macroF1
        microF1 = tallies.accuracy
        weightedF1 = tallies.weightedF1
        perClass = (0..<matrix.classes).map { ClassScores(tallies, of: $0) }
    }
}

/// How one class fared; 0 where there is nothing to divide by.
public struct ClassScores: Sendable, Equatable {
    /// The share of right ones among the clips for which the class was answered.
    public let precision: Double
    /// The share of right ones among the clips with this label.
    public let recall: Double
    /// The harmonic mean of precision and recall.
    public let f1: Double
    /// The number of clips with this label.
    public let support: Int

    init(_ tallies: ClassTallies, of index: Int) {
        precision = tallies.precision(of: index)
        recall = tallies.recall(of: index)
        f1 = tallies.f1(of: index)
        support = tallies.support(index)
    }
}
