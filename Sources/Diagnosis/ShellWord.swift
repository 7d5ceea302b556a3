extension Diagnosis {
    /// A path as one word of a shell's command, which a reader may paste: nothing in it is run, and it is no option.
    public static func shellWord(_ path: String) -> String {
        // By bytes and scalars, so that a mark that joins itself to a hyphen or an apostrophe does not hide it.
        let path = path.utf8.first == UInt8(ascii: "-") ? "./\(path)" : path
        let isPlain = !path.isEmpty && path.utf8.allSatisfy(isHarmless)
        let quoted = path.unicodeScalars.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : String($1) }
        return isPlain ? path : "'\(quoted)'"
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._/-+,:@%".utf8.contains(byte)
        }
    }
}
