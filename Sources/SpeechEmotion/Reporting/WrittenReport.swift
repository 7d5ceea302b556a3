/// What a report stage last wrote into its folder: the stage key and each file's name and SHA-256.
struct WrittenReport: Equatable {
    struct File: Equatable {
        let name: String
        let digest: String
    }

    let key: String
    let files: [File]

    /// Gathers what was written.
    init(key: String, files: [File]) {
        self.key = key
        self.files = files
    }

    /// Reads what ``text`` has written.
    ///
    /// The ledger of a cache may be a stranger's, and files that a report no longer has are removed by these names: only
    /// a file right in the folder, with an ending that reports have, can be one.
    init?(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        guard let head = lines.first, head.count == 1, lines.dropFirst().allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        key = head[0]
        files = lines.dropFirst().map { File(name: $0[1], digest: $0[0]) }
        guard files.allSatisfy({ Self.isOfAReport($0.name) }) else { return nil }
    }

    private static func isOfAReport(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.utf8.contains(UInt8(ascii: "/"))
            && !name.unicodeScalars.contains { $0.value == 0 }
            && [".csv", ".html", ".md", ".svg"].contains { name.hasSuffix($0) }
    }

    /// The key, then a line a file: its digest, a space, its name.
    var text: String { ([key] + files.map { "\($0.digest) \($0.name)" }).joined(separator: "\n") }
}
