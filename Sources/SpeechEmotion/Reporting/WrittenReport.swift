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
    init?(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        guard let head = lines.first, head.count == 1, lines.dropFirst().allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        key = head[0]
        files = lines.dropFirst().map { File(name: $0[1], digest: $0[0]) }
    }

    /// The key, then a line a file: its digest, a space, its name.
    var text: String { ([key] + files.map { "\($0.digest) \($0.name)" }).joined(separator: "\n") }
}
