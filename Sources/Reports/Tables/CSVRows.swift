/// A CSV file read back: the dialect that ``CSVTable`` writes, "\r\n" line ends and empty lines allowed.
///
/// An apostrophe that defused a formula is taken off again, and escapes become what they stand for.
public struct CSVRows: Sendable {
    /// One row and the line that it begins on, from 1.
    public struct Record: Sendable, Equatable {
        /// The line in the file.
        public let line: Int
        /// The fields as they were before quoting and defusing.
        public let fields: [String]
    }

    /// The first row.
    public let header: [String]
    /// The rows behind the header.
    public let rows: [Record]

    /// Reads a text; one without any row has an empty header.
    public init(_ text: String) throws(CSVFault) {
        var records: [Record] = []
        var parser = CSVParser(text)
        while let record = try parser.next() { records.append(record) }
        header = records.first?.fields ?? []
        rows = Array(records.dropFirst())
    }

    /// Reads a text of which only some rows are to be kept.
    ///
    /// - Parameter isWanted: whether a row with these fields is.
    public init(_ text: String, where isWanted: ([String]) -> Bool) throws(CSVFault) {
        var parser = CSVParser(text)
        header = try parser.next()?.fields ?? []
        var kept: [Record] = []
        while let record = try parser.next() {
            if isWanted(record.fields) { kept.append(record) }
        }
        rows = kept
    }
}

/// A quoted field that does not end, or that something other than a comma or the line's end follows.
public struct CSVFault: Error, Equatable, Sendable {
    /// The line of the fault, from 1.
    public let line: Int
}

/// Goes through a CSV text byte by byte.
private struct CSVParser {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let all = Array(text.utf8)
        bytes = all.starts(with: mark) ? Array(all.dropFirst(mark.count)) : all
    }

    /// The next record that is no empty line; nil at the end.
    mutating func next() throws(CSVFault) -> CSVRows.Record? {
        while place < bytes.count {
            let start = line
            let fields = try record()
            if fields != [""] { return CSVRows.Record(line: start, fields: fields.map(Self.armed)) }
        }
        return nil
    }

    private mutating func record() throws(CSVFault) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(isAt("\"") ? try quotedField() : plainField())
            if isAt(",") {
                place += 1
            } else {
                endLine()
                return fields
            }
        }
    }

    private mutating func plainField() -> String {
        let start = place
        while place < bytes.count, !isAt(","), !isAt("\n"), !isAtLineEnd { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func quotedField() throws(CSVFault) -> String {
        let start = line
        var content: [UInt8] = []
        place += 1
        while place < bytes.count {
            if isAt("\"") {
                place += 1
                guard isAt("\"") else {
                    guard place == bytes.count || isAt(",") || isAt("\n") || isAtLineEnd else {
                        throw CSVFault(line: line)
                    }
                    return String(decoding: content, as: UTF8.self)
                }
            } else if isAt("\n") {
                line += 1
            }
            content.append(bytes[place])
            place += 1
        }
        throw CSVFault(line: start)
    }

    private mutating func endLine() {
        if isAtLineEnd { place += 1 }
        if place < bytes.count { place += 1 }
        line += 1
    }

    private var isAtLineEnd: Bool {
        isAt("\r") && (place + 1 == bytes.count || bytes[place + 1] == UInt8(ascii: "\n"))
    }

    private func isAt(_ scalar: Unicode.Scalar) -> Bool {
        place < bytes.count && bytes[place] == UInt8(ascii: scalar)
    }

    /// The text without the apostrophe that kept spreadsheets from running it.
    ///
    /// By scalars: a mark that joins itself to the apostrophe must not hide it.
    private static func armed(_ field: String) -> String {
        CSVEscapes.unescaping(
            field.unicodeScalars.first == "'" ? String(field.unicodeScalars.dropFirst()) : field)
    }
}
