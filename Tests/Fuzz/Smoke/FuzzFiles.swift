import Foundation

/// What is kept for a target: seeds, finds, words.
struct FuzzFiles {
    /// Seeds and finds, in the order of their names.
    let inputs: [Data]
    /// What the format's grammar is made of.
    let words: [Data]

    /// Reads `Fixtures/fuzz` and `Fuzz/Dictionaries` below the folder of the tests.
    init(of target: String, tests: URL) throws {
        inputs = try ["seeds", "finds"].flatMap { kind in
            let folder = tests.appendingPathComponent("Fixtures/fuzz/\(kind)/\(target)")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return try names.sorted().map { try Data(contentsOf: folder.appendingPathComponent($0)) }
        }
        let dictionary = tests.appendingPathComponent("Fuzz/Dictionaries/\(target).dict")
        words = (try? String(contentsOf: dictionary, encoding: .utf8)).map(Self.words) ?? []
    }

    /// The words of a dictionary as libFuzzer reads it: one a line in quotes, with `\\`, `\"` and `\xAB` in them.
    private static func words(_ text: String) -> [Data] {
        text.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("\""), line.hasSuffix("\"") else { return nil }
            return word(Array(line.utf8.dropFirst().dropLast()))
        }
    }

    private static func word(_ spelling: [UInt8]) -> Data {
        var word = Data()
        var place = 0
        while place < spelling.count {
            let isEscape = spelling[place] == UInt8(ascii: "\\") && place + 1 < spelling.count
            if isEscape, spelling[place + 1] == UInt8(ascii: "x"), place + 3 < spelling.count {
                let digits = String(decoding: spelling[place + 2...place + 3], as: UTF8.self)
                word.append(UInt8(digits, radix: 16) ?? 0)
                place += 4
            } else {
                word.append(spelling[isEscape ? place + 1 : place])
                place += isEscape ? 2 : 1
            }
        }
        return word
    }
}
