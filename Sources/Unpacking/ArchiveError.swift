import Diagnosis

/// Why an archive is not unpacked.
public enum ArchiveError: Error, Equatable, Sendable {
    /// It cannot be read.
    case unreadable(file: String, reason: String)
    /// It is damaged, or compressed in a way that is not read.
    case damaged(file: String, entry: String?, reason: String)
    /// An entry that no honest archive has.
    case hostile(file: String, entry: String, reason: String)
    /// Its entries would take up more than any archive of this kind.
    case tooLarge(file: String, limit: Int)
    /// A file cannot be written.
    case cannotWrite(file: String, reason: String)
}

extension ArchiveError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .unreadable(let file, let reason):
            Diagnosis(
                "cannot read the archive", place: file, found: reason,
                expected: "a zip archive that this user may read",
                remedy: "ls -l \(Diagnosis.shellWord(file))", exit: .missingInput)
        case .damaged(let file, let entry, let reason):
            Diagnosis(
                "cannot unpack the archive", place: Self.place(file, entry), found: reason,
                expected: "a sound zip archive, stored or deflated", remedy: "download it again", exit: .badData)
        case .hostile(let file, let entry, let reason):
            Diagnosis(
                "the archive is not one to unpack", place: Self.place(file, entry), found: reason,
                expected: "files and folders whose names lead nowhere else",
                remedy: "download it again, from where its publishers offer it", exit: .badData)
        case .tooLarge(let file, let limit):
            Diagnosis(
                "the archive is not one to unpack", place: file,
                found: "more than \(limit) bytes once it is unpacked", expected: "\(limit) bytes at most",
                remedy: "download it again, from where its publishers offer it", exit: .badData)
        case .cannotWrite(let file, let reason):
            Diagnosis(
                "cannot write a file", place: file, found: reason, expected: "a writable place with room",
                remedy: "df -h \(Diagnosis.shellWord(file))", exit: .cannotCreate)
        }
    }

    private static func place(_ file: String, _ entry: String?) -> String {
        entry.map { "\(file), entry \"\(Diagnosis.printableLine(String($0.prefix(200))))\"" } ?? file
    }
}
