import Diagnosis
import Evaluation
import FeatureStore
import Reports
import Synchronization

/// Files that list one's own folds, each read once however many cells name it.
final class FoldFiles: Sendable {
    private let read = Mutex<[String: FoldFile]>([:])

    /// The folds that the file at a path lists.
    func folds(in path: String) throws -> FoldFile {
        try read.withLock { read in
            if let file = read[path] { return file }
            let file = try FoldFile(path)
            read[path] = file
            return file
        }
    }
}

/// One's own folds as a CSV file lists them.
///
/// The columns are `fold`, `clip` (a path relative to the corpus root) or `speaker`, and, if need be, `part`: `train`,
/// `validation` or `test`. Without `part` the listed clips are their fold's test part and all others are trained on. Other
/// columns are passed over, so that a `folds.csv` of one cell, as `timbre export` writes it, can be given back.
struct FoldFile: Sendable {
    let listed: ListedFolds
    /// SHA-256 of the file's bytes.
    let digest: Digest

    /// Reads the file.
    ///
    /// - throws: ``CSVListError`` and ``FoldFileError`` for a file that is no such list, `EvaluationError` for folds that make
    ///   no sense.
    init(_ path: String) throws {
        let list = try CSVList(.folds, at: path)
        digest = list.digest
        let columns = try FoldColumns(list)
        let rows = try list.table.rows.map { try columns.row($0, path: path) }
        let cells = Set(rows.compactMap { $0.cell })
        guard cells.count < 2 else { throw FoldFileError.severalCells(path: path, cells: cells.sorted()) }
        listed = try ListedFolds(name: "own-folds", rows: rows.map { $0.row })
    }
}

/// Which column of a file that lists folds is which.
private struct FoldColumns {
    private let fold: Int
    private let clip: Int?
    private let speaker: Int?
    private let part: Int?
    private let cell: Int?

    init(_ list: CSVList) throws {
        (clip, speaker) = (try list.column("clip"), try list.column("speaker"))
        guard let fold = try list.column("fold"), clip != nil || speaker != nil else { throw list.lacksColumns }
        self.fold = fold
        (part, cell) = (try list.column("part"), try list.column("cell"))
    }

    func row(_ record: CSVRows.Record, path: String) throws -> (row: ListedFolds.Row, cell: String?) {
        let member = clip.map { ListedFolds.Member.clip(record.fields[$0]) } ?? .speaker(record.fields[speaker ?? 0])
        let name = record.fields[fold]
        guard Self.isUsable(name) else { throw FoldFileError.foldName(path: path, line: record.line, found: name) }
        let row = ListedFolds.Row(
            line: record.line, fold: name, member: member, part: try part(record, path: path))
        return (row, cell.map { record.fields[$0] })
    }

    /// Any name that a protocol may give, by a speaker of several corpora too; "all" stands for every fold in tables.
    private static func isUsable(_ name: String) -> Bool {
        !name.isEmpty && name != "all" && name.utf8.count <= 500
            && !name.unicodeScalars.contains(where: \.steersDisplay)
    }

    private func part(_ record: CSVRows.Record, path: String) throws -> FoldPart? {
        guard let part else { return nil }
        switch record.fields[part] {
        case "": return nil
        case "train": return .train
        case "validation": return .validation
        case "test": return .test
        case let found: throw FoldFileError.part(path: path, line: record.line, found: found)
        }
    }
}
