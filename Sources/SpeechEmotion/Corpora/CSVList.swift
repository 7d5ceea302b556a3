import Checkpoints
import Diagnosis
import FeatureStore
import Foundation
import Reports

/// A CSV file that lists what an experiment is about: one's own folds, or the clips of a corpus.
struct CSVList: Sendable {
    let kind: CSVListKind
    let path: String
    let table: CSVRows
    /// SHA-256 of the file's bytes.
    let digest: Digest

    /// Bytes: a million clips in five folds with paths of fifty characters.
    private static let largest = 256 << 20

    /// Reads the file; columns other than those asked for are passed over.
    ///
    /// - throws: ``CSVListError`` for a file that is not there, no CSV in UTF-8, or has rows of another length than its header.
    init(_ kind: CSVListKind, at path: String) throws {
        (self.kind, self.path) = (kind, path)
        let data: Data
        do {
            data = try RegularFile.contents(of: URL(fileURLWithPath: path), atMost: Self.largest)
        } catch {
            throw CSVListError.unreadable(kind, path: path, error)
        }
        guard let text = String(data: data, encoding: .utf8) else { throw CSVListError.notUTF8(kind, path: path) }
        digest = Digest(hashing: data)
        do {
            table = try CSVRows(text)
        } catch {
            throw CSVListError.quoting(kind, path: path, line: error.line)
        }
        if let row = table.rows.first(where: { $0.fields.count != table.header.count }) {
            throw CSVListError.fieldCount(
                kind, path: path, line: row.line, found: row.fields.count, expected: table.header.count)
        }
        guard !table.rows.isEmpty || table.header.isEmpty else { throw CSVListError.empty(kind, path: path) }
    }

    /// The place of a column; nil where there is none of that name.
    ///
    /// - throws: ``CSVListError/repeatedColumn(_:path:name:)`` where there are two.
    func column(_ name: String) throws -> Int? {
        let places = table.header.indices.filter { table.header[$0] == name }
        guard places.count < 2 else { throw CSVListError.repeatedColumn(kind, path: path, name: name) }
        return places.first
    }

    /// The error of a list that lacks a column.
    var lacksColumns: CSVListError { .columns(kind, path: path, found: table.header) }
}

/// What a list is of, as errors name it.
public struct CSVListKind: Sendable, Equatable {
    /// Such as "list of folds".
    let name: String
    /// The columns that it has to have, in words.
    let columns: String
    /// What a row stands for, in words.
    let row: String

    /// One's own folds.
    static let folds = CSVListKind(
        name: "list of folds", columns: "fold, clip (or speaker) and part", row: "each clip of a fold")
}

/// What can be wrong with a file that lists folds or clips, whichever it is.
public enum CSVListError: Error, Equatable, Sendable {
    /// It cannot be read, and why.
    case unreadable(CSVListKind, path: String, RegularFile.Fault)
    /// Its bytes are no UTF-8.
    case notUTF8(CSVListKind, path: String)
    /// A quoted field that does not end as one should.
    case quoting(CSVListKind, path: String, line: Int)
    /// It lacks a column that it needs.
    case columns(CSVListKind, path: String, found: [String])
    /// Two columns of one name that is asked for.
    case repeatedColumn(CSVListKind, path: String, name: String)
    /// A row with more or fewer fields than the header.
    case fieldCount(CSVListKind, path: String, line: Int, found: Int, expected: Int)
    /// It has a header and nothing else.
    case empty(CSVListKind, path: String)
}

extension CSVListError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .unreadable(let kind, let path, let fault):
            return Diagnosis(
                "cannot read the \(kind.name)", place: path, found: fault.words,
                expected: "a CSV file with the columns \(kind.columns)", remedy: "ls -l \(Diagnosis.shellWord(path))",
                exit: .missingInput)
        case .notUTF8(let kind, let path):
            return kind.unusable(path, found: "bytes that are no UTF-8", expected: "CSV in UTF-8")
        case .quoting(let kind, let path, let line):
            return kind.unusable(
                "\(path), line \(line)", found: "a quoted field that does not end where it should",
                expected: "fields quoted as RFC 4180 says")
        case .columns(let kind, let path, let found):
            return kind.unusable(
                path, found: found.joined(separator: ", "), expected: "the columns \(kind.columns)")
        case .repeatedColumn(let kind, let path, let name):
            return kind.unusable(path, found: "two columns called \(name)", expected: "one of each name")
        case .fieldCount(let kind, let path, let line, let found, let expected):
            return kind.unusable(
                "\(path), line \(line)", found: "\(found) fields", expected: "\(expected), as the header has")
        case .empty(let kind, let path):
            return kind.unusable(path, found: "a header alone", expected: "a row for \(kind.row)")
        }
    }
}

extension CSVListKind {
    /// That a list says what cannot be.
    func unusable(_ place: String, found: String, expected: String) -> Diagnosis {
        Diagnosis(
            "the \(name) cannot be used", place: place, found: found, expected: expected,
            remedy: "correct the file; README.md shows one", exit: .badData)
    }
}
