import Checkpoints
import Foundation

/// One of a checkpoint's JSON files (config.json, preprocessor_config.json), read key by key.
///
/// A key that is absent takes the default that Hugging Face transformers gives it; one of the wrong type or out of
/// range is an error that names the file and the key.
struct SettingsFile {
    let file: URL
    let members: [String: JSONValue]

    /// Bytes; published ones have some thousands, those with a vocabulary in them some hundred thousands.
    private static let largest = 1 << 20

    init(contentsOf file: URL) throws {
        self.file = file
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw EncoderError.absent(file: file.relativePath)
        }
        guard let bytes = try? RegularFile.contents(of: file, atMost: Self.largest) else {
            throw EncoderError.unreadable(file: file.relativePath)
        }
        members = try Self.members(of: bytes, file: file.relativePath)
    }

    private static func members(of bytes: Data, file: String) throws(EncoderError) -> [String: JSONValue] {
        let text = String(validating: bytes, as: UTF8.self)
        do throws(JSONReader.Fault) {
            if let text, case .object(let members) = try JSONReader.value(of: text) { return members }
        } catch .tooDeep {
            throw .tooDeep(file: file, limit: JSONReader.deepest)
        } catch {}
        throw .malformed(file: file, byteCount: bytes.count)
    }

    /// A whole number within `range`.
    func integer(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let value = members[key] else { return fallback }
        guard let whole = Self.integer(value, in: range) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }

    /// A list of whole numbers, each within `range`.
    func integers(_ key: String, default fallback: [Int], in range: ClosedRange<Int>) throws -> [Int] {
        guard let value = members[key] else { return fallback }
        if case .array(let values) = value {
            let integers = values.compactMap { Self.integer($0, in: range) }
            if integers.count == values.count { return integers }
        }
        throw wrong(key, "a list of whole numbers from \(range.lowerBound) to \(range.upperBound)")
    }

    /// A number above 0 and below 1.
    func fraction(_ key: String, default fallback: Double) throws -> Double {
        guard let value = members[key] else { return fallback }
        guard case .number(let number) = value, number > 0, number < 1 else {
            throw wrong(key, "a number above 0 and below 1")
        }
        return number
    }

    /// True or false.
    func boolean(_ key: String, default fallback: Bool) throws -> Bool {
        guard let value = members[key] else { return fallback }
        guard case .boolean(let answer) = value else { throw wrong(key, "true or false") }
        return answer
    }

    /// One of some names; another one is something Timbre does not compute.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, default fallback: Choice?
    ) throws -> Choice {
        let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        if members[key] == nil, let fallback { return fallback }
        guard case .string(let name)? = members[key] else { throw wrong(key, known) }
        guard let choice = Choice(rawValue: name) else { throw unsupported(key, known) }
        return choice
    }

    /// Refuses a key that is there with another value than `computed` or null.
    func refuse(_ key: String, unless computed: JSONValue) throws {
        guard let value = members[key], value != computed, value != .null else { return }
        throw unsupported(key, computed.description)
    }

    /// The error that a key's value is not what it should be.
    func wrong(_ key: String, _ expected: String) -> EncoderError {
        .wrongValue(file: file.relativePath, key: key, found: spelling(of: key), expected: expected)
    }

    private func unsupported(_ key: String, _ expected: String) -> EncoderError {
        .unsupported(file: file.relativePath, key: key, found: spelling(of: key), expected: expected)
    }

    private func spelling(of key: String) -> String { members[key]?.description ?? "no such key" }

    private static func integer(_ value: JSONValue, in range: ClosedRange<Int>) -> Int? {
        guard case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) else {
            return nil
        }
        return whole
    }
}
