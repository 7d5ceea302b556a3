/// One CSV file: comma-separated, "\n" line ends, quoted as RFC 4180 says, numbers independent of the locale.
///
/// Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula. Text of that kind, and text that begins
/// with an apostrophe, is written with one more apostrophe in front. Control and format characters, line breaks among
/// them, are written as `\u{a}`, so that a row is a line and no name steers a terminal. ``CSVRows`` gives every text back.
/// A `-` by itself, as standard input is called, is no formula. Numbers are never changed.
public struct CSVTable: Sendable {
    /// The file's text so far.
    public private(set) var text = ""

    /// Rows without a header, to be appended to a table that has one.
    init() {}

    /// A table with its header and, so far, no rows.
    public init(columns: [String]) { append(columns.map(CSVField.text)) }

    /// A table of texts.
    public init(columns: [String], rows: [[String]]) {
        self.init(columns: columns)
        for row in rows { append(row.map(CSVField.text)) }
    }

    /// One row by itself, for a table that is written as it grows.
    public static func row(_ fields: [CSVField]) -> String {
        var row = CSVTable()
        row.append(fields)
        return row.text
    }

    /// Adds a row.
    public mutating func append(_ fields: [CSVField]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { text += "," }
            text += field.written
        }
        text += "\n"
    }
}

/// One value of a CSV row.
public enum CSVField: Sendable {
    /// Text, quoted and defused where needed.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A 64-bit seed, which may not fit an `Int`.
    case unsigned(UInt64)
    /// The shortest digits that give the same number back; `nil` leaves the field empty, and so does what is not finite.
    case number(Double?)
    /// The shortest digits that give the same Float32 back; empty where it is not finite.
    case single(Float)

    var written: String {
        switch self {
        case .text(let text): Self.quoted(Self.defused(CSVEscapes.escaping(text)))
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .number(let value): value.flatMap { $0.isFinite ? "\($0)" : nil } ?? ""
        case .single(let value): value.isFinite ? "\(value)" : ""
        }
    }

    private static func defused(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, text != "-" else { return text }
        return first == "'" || CSVEscapes.beginsFormula(first) ? "'" + text : text
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""): true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        guard text.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(text)\"" }
        let doubled = text.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
        return "\"\(doubled)\""
    }
}
