import Foundation

/// Finds audio files by the endings of their names.
enum AudioFolder {
    /// Endings that are taken for audio; anything else (a README, a licence) is passed over.
    static let endings: Set<String> = [
        "wav", "flac", "ogg", "oga", "opus", "aiff", "aif", "au", "caf", "w64", "rf64", "mp3",
    ]

    /// Whether a file's name ends as an audio file's does.
    static func isAudio(_ name: String) -> Bool {
        name.lastIndex(of: ".").map { endings.contains(name[name.index(after: $0)...].lowercased()) } ?? false
    }

    /// A folder's path without slashes at its end; the root stays "/".
    static func withoutTrailingSlashes(_ folder: String) -> String {
        let slashes = folder.reversed().prefix { $0 == "/" }.count
        return slashes > 0 && slashes == folder.count ? "/" : String(folder.dropLast(slashes))
    }

    /// What stands before a path relative to the folder: it ends in just one slash.
    static func prefix(of folder: String) -> String {
        let folder = withoutTrailingSlashes(folder)
        return folder == "/" ? folder : folder + "/"
    }

    /// The paths of all audio files relative to the root, sorted; hidden files are passed over.
    ///
    /// Links are followed and every directory is listed once, so that one that leads back to where it stands ends there.
    ///
    /// - Parameter unreadable: told of a directory that cannot be listed; without it that is thrown.
    static func paths(
        under root: URL, unreadable: (CorpusError) throws -> Void = { throw $0 }
    ) throws -> [String] {
        var listed: Set<FileIdentity> = []
        var paths: [String] = []
        try list(root, prefix: "", &listed, into: &paths, unreadable)
        return paths.sorted()
    }

    private static func list(
        _ directory: URL, prefix: String, _ listed: inout Set<FileIdentity>, into paths: inout [String],
        _ unreadable: (CorpusError) throws -> Void
    ) throws {
        guard let identity = FileIdentity(directory: directory), listed.insert(identity).inserted else { return }
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        } catch {
            return try unreadable(
                .directoryUnreadable(path: directory.relativePath, reason: error.localizedDescription))
        }
        for entry in entries.sorted() where !entry.hasPrefix(".") {
            let child = directory.appendingPathComponent(entry)
            if FileIdentity(directory: child) != nil {
                try list(child, prefix: "\(prefix)\(entry)/", &listed, into: &paths, unreadable)
            } else if isAudio(entry) {
                paths.append(prefix + entry)
            }
        }
    }
}

/// What tells one directory from every other, whatever path leads to it.
private struct FileIdentity: Hashable {
    let device: UInt
    let inode: UInt

    /// Nil for anything but a directory.
    init?(directory: URL) {
        var status = stat()
        guard stat(directory.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    }
}
