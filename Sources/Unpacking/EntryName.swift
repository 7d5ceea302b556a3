import Diagnosis

/// What the names of an archive's entries may be.
enum EntryName {
    /// What is wrong with an entry's name, as a half-sentence; nil for one that stays in the folder it is unpacked into.
    static func fault(of name: String) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        // A folder's name ends with a slash.
        let steps = parts.last == "" ? parts.dropLast() : parts[...]
        if name.isEmpty || steps.isEmpty { return "no name" }
        if steps.first == "" { return "an absolute name" }
        if steps.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty }) {
            return "a name with \"..\", \".\" or \"//\""
        }
        if name.utf8.contains(UInt8(ascii: "\\")) { return "a name with a backslash" }
        if name.unicodeScalars.contains(where: \.steersDisplay) { return "a name with characters that steer a display" }
        if steps.contains(where: { $0.utf8.count > 255 }) { return "a name of more than 255 bytes" }
        return nil
    }
}
