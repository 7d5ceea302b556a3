import Diagnosis

/// What the names of an archive's entries may be.
enum EntryName {
    /// The longest name, in bytes and in steps from folder to folder: what is done with a name may take their product.
    private static let (mostBytes, mostSteps) = (1_024, 64)

    /// What is wrong with an entry's name, as a half-sentence; nil for one that stays in the folder it is unpacked into.
    static func fault(of name: String) -> String? {
        if name.utf8.count > mostBytes { return "a name of more than \(mostBytes) bytes" }
        let parts = name.pathSteps
        // A folder's name ends with a slash.
        let steps = parts.last == "" ? parts.dropLast() : parts[...]
        if name.isEmpty || steps.isEmpty { return "no name" }
        if steps.count > mostSteps { return "a name of more than \(mostSteps) steps" }
        if steps.first == "" { return "an absolute name" }
        if steps.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty }) {
            return "a name with \"..\", \".\" or \"//\""
        }
        if name.utf8.contains(UInt8(ascii: "\\")) { return "a name with a backslash" }
        if name.unicodeScalars.contains(where: \.steersDisplay) { return "a name with characters that steer a display" }
        if steps.contains(where: { $0.utf8.count > 255 }) { return "a step of more than 255 bytes" }
        return nil
    }

    /// Whether an entry of this name is a folder: to Swift its last slash may be one character with what is before it.
    static func isFolder(_ name: String) -> Bool { name.utf8.last == UInt8(ascii: "/") }

    /// Adds the folders that an entry lies in, or is, from the innermost out: those around a known one are known too.
    static func add(foldersOf name: String, to folders: inout Set<String>) {
        var rest = name.utf8[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            guard folders.insert(String(decoding: rest, as: UTF8.self)).inserted else { return }
        }
    }
}
