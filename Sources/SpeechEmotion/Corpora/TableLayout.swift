import Diagnosis
import Evaluation
import FeatureStore
import Foundation
import Reports
import Unpacking

/// Any corpus, by a CSV file with the columns `path` (under the root), `label` and `speaker`, and, where it is known, `sex`.
///
/// Other columns are passed over, files that no row names too. Classes are the labels in the order of the alphabet.
struct TableLayout: CorpusLayout {
    static let name = "table"
    let classes: [String]
    let labelSet = "table"
    let source: CorpusSource
    /// The rows by path.
    private let rows: [String: ClipDescription]

    /// More classes than this are no classes: a column of numbers or texts was named.
    static let mostClasses = 100

    /// Reads the table.
    ///
    /// - Parameter columns: the file's own names for the columns, where it has others.
    /// - throws: ``CSVListError`` and ``ClipTableError`` for a file that is no such table.
    init(_ path: String, columns: ClipTableColumns) throws {
        let list = try CSVList(.clips(columns), at: path)
        guard let file = try list.column(columns.path), let label = try list.column(columns.label),
            let speaker = try list.column(columns.speaker)
        else { throw list.lacksColumns }
        let sex = try list.column(columns.sex)
        guard sex != nil || columns.sex == ClipTableColumns().sex else { throw list.lacksColumns }
        let classes = Set(list.table.rows.map { $0.fields[label] }).sorted()
        guard classes.count <= Self.mostClasses else {
            throw ClipTableError.tooManyClasses(path: path, column: columns.label, found: classes.count)
        }
        let labels = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
        var lines: [String: Int] = [:]
        var rows: [String: ClipDescription] = [:]
        for row in list.table.rows {
            let (clip, name) = (row.fields[file], row.fields[speaker])
            try Self.check(clip, label: row.fields[label], speaker: name, at: "\(path), line \(row.line)")
            if let first = lines.updateValue(row.line, forKey: clip) {
                throw ClipTableError.repeated(table: path, clip: clip, first: first, second: row.line)
            }
            rows[clip] = ClipDescription(
                speaker: name, label: labels[row.fields[label]] ?? 0,
                sex: sex.flatMap { SpeakerSex(word: row.fields[$0]) })
        }
        self.classes = classes
        self.rows = rows
        source = .table(list.digest)
    }

    /// Rows whose file is not there are left to ``incompleteness(of:)``.
    func clips(under root: URL) throws -> [StatedClip] {
        let present = rows.keys.filter { FileManager.default.fileExists(atPath: root.appendingPathComponent($0).path) }
        guard !present.isEmpty else {
            _ = try CorpusScan.paths(under: root)
            throw CorpusError.noneOfTheTable(root: root.relativePath, example: rows.keys.min() ?? "")
        }
        return present.sorted().compactMap { path in
            rows[path].map { StatedClip(path: path, description: .success($0)) }
        }
    }

    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        Set(rows.keys).subtracting(paths).sorted().map {
            CorpusProblem(path: $0, reason: "a clip of the table, is missing")
        }
    }

    private static func check(_ clip: String, label: String, speaker: String, at place: String) throws {
        let parts = clip.pathSteps
        guard !clip.isEmpty, !clip.contains("\0"), !parts.contains(""), !parts.contains("."), !parts.contains("..")
        else {
            throw ClipTableError.path(place: place, found: clip)
        }
        for (column, text) in [("label", label), ("speaker", speaker)] {
            // With a blank behind it a speaker would be two, one of them a stranger to the other.
            guard !text.isEmpty, text.isShortAndSafe, text == text.trimmingCharacters(in: .whitespacesAndNewlines)
            else { throw ClipTableError.text(place: place, column: column, found: text) }
        }
    }
}

/// The names of a table's columns.
struct ClipTableColumns: Sendable, Equatable {
    var path = "path"
    var label = "label"
    var speaker = "speaker"
    var sex = "sex"
}

extension CSVListKind {
    /// The clips of a corpus.
    static func clips(_ columns: ClipTableColumns) -> CSVListKind {
        CSVListKind(
            name: "table of clips",
            columns: "\(columns.path), \(columns.label) and \(columns.speaker)"
                + (columns.sex == ClipTableColumns().sex ? "" : ", and \(columns.sex)"), row: "each clip")
    }
}

extension SpeakerSex {
    /// Reads what tables say: female, f, woman, w, male, m, man in any case; nil for anything else, which `check` counts.
    fileprivate init?(word: String) {
        switch word.lowercased() {
        case "female", "f", "woman", "w": self = .female
        case "male", "m", "man": self = .male
        default: return nil
        }
    }
}

/// What can be wrong with a table of clips, beyond ``CSVListError``.
public enum ClipTableError: Error, Equatable, Sendable {
    /// A path that does not lie under the root by its own words.
    case path(place: String, found: String)
    /// A label or a speaker that is empty, too long or steers a display.
    case text(place: String, column: String, found: String)
    /// Two rows of one clip.
    case repeated(table: String, clip: String, first: Int, second: Int)
    /// A column of labels that has more different texts than there can be classes.
    case tooManyClasses(path: String, column: String, found: Int)
}

extension ClipTableError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        let kind = CSVListKind.clips(ClipTableColumns())
        switch self {
        case .path(let place, let found):
            return kind.unusable(
                place, found: "path \"\(found)\"",
                expected: "a path under the corpus root, such as speaker1/a.wav, without `.`, `..` and empty parts")
        case .text(let place, let column, let found):
            return kind.unusable(
                place, found: "\(column) \"\(found)\"",
                expected: "1 to 100 characters without blanks at the ends, none of them a control or format character")
        case .repeated(let table, let clip, let first, let second):
            return kind.unusable(
                "\(table), lines \(first) and \(second)", found: "\(clip) twice", expected: "one row for each clip")
        case .tooManyClasses(let path, let column, let found):
            return kind.unusable(
                "\(path), column \(column)", found: "\(found) different labels",
                expected: "at most \(TableLayout.mostClasses) classes; `columns: {label: …}` names another column")
        }
    }
}
