import Diagnosis

/// What can be wrong with a file that lists one's own folds, beyond ``CSVListError``.
public enum FoldFileError: Error, Equatable, Sendable {
    /// A fold's name that files and tables cannot have.
    case foldName(path: String, line: Int, found: String)
    /// A part that is none.
    case part(path: String, line: Int, found: String)
    /// It lists the folds of several cells.
    case severalCells(path: String, cells: [String])
}

extension FoldFileError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .foldName(let path, let line, let found):
            return CSVListKind.folds.unusable(
                "\(path), line \(line)", found: "fold \"\(found)\"",
                expected: "a name of 1 to 500 bytes without control and format characters, other than all")
        case .part(let path, let line, let found):
            return CSVListKind.folds.unusable(
                "\(path), line \(line)", found: "part \"\(found)\"", expected: "train, validation, test or nothing")
        case .severalCells(let path, let cells):
            return CSVListKind.folds.unusable(
                path, found: "\(cells.count) cells: \(cells.prefix(4).joined(separator: ", "))",
                expected: "the folds of one cell; keep the rows of one")
        }
    }
}
