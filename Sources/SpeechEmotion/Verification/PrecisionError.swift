import Diagnosis
import Kernels

/// Why the precisions of a pipeline's embeddings cannot be compared.
enum PrecisionError: Error, Equatable {
    /// The stage computes at the precision that it is to be compared with.
    case same(stage: String, precision: Precision)
    /// The grid has no cell of this id, or several whose ids begin so.
    case unknownCell(id: String, known: [String])
    /// Its heads need all clips of a speaker, of which the sample has some.
    case standardizesBySpeaker(cell: String)
}

extension PrecisionError: DiagnosableError {
    /// The facts of this error in words.
    var diagnosis: Diagnosis {
        switch self {
        case .same(let stage, let precision):
            let other = Precision.allCases.first { $0 != precision } ?? precision
            return Diagnosis(
                "nothing to compare: both precisions are the same", place: "stage \"\(stage)\"",
                found: "precision: \(precision.rawValue), and --against \(precision.rawValue)",
                expected: "two precisions", remedy: "--against \(other.rawValue), or a stage at \(other.rawValue)",
                exit: .usage)
        case .unknownCell(let id, let known):
            return Diagnosis(
                "the grid has no such cell", place: "--cell", found: "\"\(id)\"",
                expected: "one of: \(known.joined(separator: ", "))", remedy: "leave out --cell for the first",
                exit: .usage)
        case .standardizesBySpeaker(let cell):
            return Diagnosis(
                "heads that standardise by speaker cannot be asked about a sample", place: "cell \(cell)",
                found: "standardize: speaker",
                expected:
                    "heads that take a clip by itself: at the other precision only some clips of a speaker are embedded",
                remedy: "name another cell with --cell, or change the stage's standardize with --set", exit: .usage)
        }
    }
}
