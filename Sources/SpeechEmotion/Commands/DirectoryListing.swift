import Foundation

/// The names in a directory as the system has them: bytes, which need not be text.
struct DirectoryListing {
    /// Names that are UTF-8, sorted.
    let names: [String]
    /// Names that are not, with U+FFFD for what cannot be read, of what may hold or be audio; no path leads there, as paths are text.
    let unreadable: [String]

    /// - throws: ``CorpusError/directoryUnreadable(path:reason:)``.
    init(of directory: URL) throws {
        guard let stream = opendir(directory.path) else { throw Self.refusal(directory, errno) }
        defer { closedir(stream) }
        var (names, unreadable): ([String], [String]) = ([], [])
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let (bytes, type) = (Self.name(of: entry), Int32(entry.pointee.d_type))
            if let name = String(validating: bytes, as: UTF8.self) {
                if name != "." && name != ".." { names.append(name) }
            } else {
                let name = String(decoding: bytes, as: UTF8.self)
                if type != Int32(DT_REG) || AudioFolder.isAudio(name) { unreadable.append(name) }
            }
        }
        guard errno == 0 else { throw Self.refusal(directory, errno) }
        self.names = names.sorted()
        self.unreadable = unreadable.sorted()
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    }

    private static func refusal(_ directory: URL, _ code: Int32) -> CorpusError {
        .directoryUnreadable(path: directory.relativePath, reason: systemReason(ofCode: code))
    }
}
