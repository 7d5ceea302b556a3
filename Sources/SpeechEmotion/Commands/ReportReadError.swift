import Diagnosis
import Reports

/// What can be wrong with reports that are read back to be compared.
public enum ReportReadError: Error, Equatable, Sendable {
    /// There is no report under this path.
    case absent(path: String, file: String)
    /// A file of the report is not what a report stage writes.
    case damaged(path: String, line: Int?, found: String, expected: String)
    /// The report has no such cell.
    case unknownCell(path: String, cell: String, known: [String])
    /// The same cell of the same report twice.
    case sameResult(path: String, cell: String)
    /// The two cannot be set beside each other.
    case incomparable(first: String, second: String, ComparisonFault)
}

extension ReportReadError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .absent(let path, let file):
            return Diagnosis(
                "there is no report to compare", place: path, found: "no \(file)",
                expected: "a report folder, or a stage file whose report has been written",
                remedy: path.hasSuffix(".yaml")
                    ? "timbre run \(Diagnosis.shellWord(path))" : "ls \(Diagnosis.shellWord(path))", exit: .missingInput
            )
        case .damaged(let path, let line, let found, let expected):
            return Diagnosis(
                "a report's file cannot be read", place: line.map { "\(path):\($0)" } ?? path, found: found,
                expected: expected, remedy: "timbre run PIPELINE.yaml writes it anew", exit: .badData)
        case .unknownCell(let path, let cell, let known):
            let shown = known.prefix(12).joined(separator: ", ")
            return Diagnosis(
                "the report has no such cell", place: path, found: "\"\(cell)\"",
                expected: "one of its \(counted(known.count, "cell")): \(shown)\(known.count > 12 ? ", …" : "")",
                remedy: "cells.csv in the report says what each is", exit: .usage)
        case .sameResult(let path, let cell):
            return Diagnosis(
                "a result cannot be compared with itself", place: path, found: "cell \(cell) twice",
                expected: "two reports, or two cells of one", remedy: "timbre compare A B --second-cell CELL",
                exit: .usage)
        case .incomparable(let first, let second, let fault):
            return Diagnosis(
                "these results cannot be compared", place: "\(first) and \(second)", found: Self.words(fault),
                expected: "results on the same clips under the same labels",
                remedy: Self.remedy(fault),
                exit: .badData)
        }
    }

    private static func remedy(_ fault: ComparisonFault) -> String? {
        guard case .classes = fault else { return nil }
        return
            "merge classes in the report stage of one: timbre run PIPELINE.yaml --set 'report.labels={merge: {calm: neutral}}'"
    }

    private static func words(_ fault: ComparisonFault) -> String {
        switch fault {
        case .corpora(let first, let second):
            "corpora with SHA-256 \(first.prefix(16))… and \(second.prefix(16))…: other recordings"
        case .classes(let first, let second):
            "classes \(first.joined(separator: ", ")) and \(second.joined(separator: ", "))"
        case .noCommonClip: "no clip that both were tested on"
        case .label(let clip, let first, let second): "\(clip) is \(first) in one and \(second) in the other"
        case .speaker(let clip, let first, let second):
            "\(clip) is of speaker \(first) in one and \(second) in the other"
        case .testedTwice(let clip): "\(clip) is tested in several folds, and the folds are not the same"
        }
    }
}
