import Evaluation
import Pipeline
import Reports

/// Classes that a report counts as one although the heads were trained to tell them apart.
///
/// A clip's probability of a merged class is the sum of its members' probabilities, and the answer the class with the
/// largest sum; so a merge in the report and one in the train stage are two experiments, and are named differently.
struct ReportLabels: Equatable {
    /// What each class counts as; empty where nothing is merged.
    private let merging: [String: String]

    /// Classes that count as others.
    init(merging: [String: String] = [:]) { self.merging = merging }

    /// Reads `labels` for a report on cells with these classes.
    init(_ reader: ParameterReader, cells: [TrainingCell]) throws {
        let merge = try reader.optionalMapping("labels")?.optionalMapping("merge")
        let pairs = try (merge?.keys ?? []).map { ($0, try merge?.required($0, .className) ?? $0) }
        merging = Dictionary(uniqueKeysWithValues: pairs)
        let known = cells.map(\.division.labels.classes).uniqued()
        do {
            for classes in known { _ = try labels(of: classes) }
            // A class that no cell has is a slip of the pen; one that only some cells have is not.
            if let first = known.first, merging.keys.contains(where: { name in !known.contains { $0.contains(name) } })
            {
                _ = try LabelSet(of: first, merging: merging)
            }
        } catch let error as EvaluationError {
            let fact = error.diagnosis
            throw reader.diagnosis(
                fact.what, at: "labels", found: fact.found, expected: fact.expected, remedy: fact.remedy)
        }
    }

    /// How a cell with these classes is reported.
    func relabelling(of classes: [String]) throws -> Relabelling {
        Relabelling(labels: try labels(of: classes), isIdentity: merging.isEmpty)
    }

    private func labels(of classes: [String]) throws -> LabelSet {
        try LabelSet(of: classes, merging: merging.filter { classes.contains($0.key) })
    }
}

/// How the answers of one cell are counted in a report.
struct Relabelling {
    fileprivate let labels: LabelSet
    fileprivate let isIdentity: Bool

    /// Whether classes are counted as one.
    var isMerging: Bool { !isIdentity }

    /// The classes of the report.
    var classes: [String] { labels.classes }

    /// What was merged, to stand behind the cell's own words about its labels.
    func words(after own: String) -> String {
        isIdentity
            ? own : [own, "\(labels.summary), merged in the report"].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// The report's label of one of the cell's.
    func label(of label: Int) -> Int { labels.label(of: label) ?? 0 }

    /// One sum a class of the report, none above 1 though rounding might have it so.
    func probabilities(_ probabilities: [Float]) -> [Float] {
        guard !isIdentity else { return probabilities }
        let sums = probabilities.enumerated().reduce(into: classes.map { _ in Float(0) }) { sums, one in
            sums[label(of: one.offset)] += one.element
        }
        return sums.map { min(1, $0) }
    }
}
