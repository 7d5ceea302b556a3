import Foundation

/// The status and the headers of an answer, read line by line; of several answers to one request (1xx) those of the last.
struct AnswerHeaders: Sendable {
    /// What all lines together may have, in bytes.
    static let most = 1 << 16

    private(set) var status = 0
    private(set) var byteCount = 0
    private var fields: [String: String] = [:]

    /// Takes a line; false where they have become too many.
    mutating func take(_ line: some Collection<UInt8>) -> Bool {
        byteCount += line.count
        guard byteCount <= Self.most else { return false }
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text.hasPrefix("HTTP/") {
            fields = [:]
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if let colon = text.firstIndex(of: ":") {
            fields[text[..<colon].lowercased()] = text[text.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        return true
    }

    /// The value of a field, whose name is given in lower case.
    subscript(_ name: String) -> String? { fields[name] }

    /// A field that is a number of bytes or seconds.
    func number(_ name: String) -> Int? { fields[name].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// A tag that stands for these very bytes.
    var strongTag: String? { fields["etag"].flatMap { $0.hasPrefix("\"") && $0.utf8.count < 500 ? $0 : nil } }

    /// Where the bytes of a part begin, and how many the whole has, where that is told.
    var range: (start: Int, total: Int?)? {
        guard let text = fields["content-range"], text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        guard parts.count == 2, let start = parts[0].split(separator: "-").first.flatMap({ Int($0) }) else {
            return nil
        }
        return (start, Int(parts[1]))
    }
}
