import Checkpoints
import Diagnosis
import Reports

/// What can be wrong with a file that lists one's own folds.
public enum FoldFileError: Error, Equatable, Sendable {
    /// It cannot be read, and why.
    case unreadable(path: String, RegularFile.Fault)
    /// Its bytes are no UTF-8.
    case notUTF8(path: String)
    /// A quoted field that does not end as one should.
    case quoting(path: String, line: Int)
    /// It lacks a column that it needs.
    case columns(path: String, found: [String])
    /// A row with more or fewer fields than the header.
    case fieldCount(path: String, line: Int, found: Int, expected: Int)
    /// A fold's name that files and tables cannot have.
    case foldName(path: String, line: Int, found: String)
    /// A part that is none.
    case part(path: String, line: Int, found: String)
    /// It has a header and nothing else.
    case empty(path: String)
    /// It lists the folds of several cells.
    case severalCells(path: String, cells: [String])

    /// Reads a CSV text; what its reader complains about gets the file's name.
    static func rows(of text: String, path: String) throws -> CSVRows {
        do {
            return try CSVRows(text)
        } catch {
            throw FoldFileError.quoting(path: path, line: error.line)
        }
    }
}

extension FoldFileError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .unreadable(let path, let fault):
            return Diagnosis(
                "cannot read the list of folds", place: path, found: fault.words,
                expected: "a CSV file with the columns fold, clip (or speaker) and part",
                remedy: "ls -l \(Diagnosis.shellWord(path))",
                exit: .missingInput)
        case .notUTF8(let path):
            return unusable(path, found: "bytes that are no UTF-8", expected: "CSV in UTF-8")
        case .quoting(let path, let line):
            return unusable(
                "\(path), line \(line)", found: "a quoted field that does not end where it should",
                expected: "fields quoted as RFC 4180 says")
        case .columns(let path, let found):
            return unusable(
                path, found: found.joined(separator: ", "), expected: "the columns fold, clip (or speaker) and part")
        case .fieldCount(let path, let line, let found, let expected):
            return unusable(
                "\(path), line \(line)", found: "\(found) fields", expected: "\(expected), as the header has")
        case .foldName(let path, let line, let found):
            return unusable(
                "\(path), line \(line)", found: "fold \"\(found)\"",
                expected: "a name of 1 to 64 bytes without slashes, control and format characters, other than all")
        case .part(let path, let line, let found):
            return unusable(
                "\(path), line \(line)", found: "part \"\(found)\"", expected: "train, validation, test or nothing")
        case .empty(let path): return unusable(path, found: "a header alone", expected: "a row for each clip of a fold")
        case .severalCells(let path, let cells):
            return unusable(
                path, found: "\(cells.count) cells: \(cells.prefix(4).joined(separator: ", "))",
                expected: "the folds of one cell; keep the rows of one")
        }
    }

    private func unusable(_ place: String, found: String, expected: String) -> Diagnosis {
        Diagnosis(
            "the list of folds cannot be used", place: place, found: found, expected: expected,
            remedy: "correct the file; README.md shows one", exit: .badData)
    }
}
