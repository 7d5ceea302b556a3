import Foundation
import Unpacking

/// Finds audio files by the endings of their names.
enum AudioFolder {
    /// Endings that are taken for audio; anything else (a README, a licence) is passed over.
    static let endings: Set<String> = [
        "wav", "flac", "ogg", "oga", "opus", "aiff", "aif", "au", "caf", "w64", "rf64", "mp3",
    ]

    /// Whether a file's name ends as an audio file's does, by its bytes: a letter may join itself to the dot behind it.
    static func isAudio(_ name: String) -> Bool {
        name.utf8.lastIndex(of: UInt8(ascii: ".")).map { dot in
            endings.contains(String(decoding: name.utf8[dot...].dropFirst(), as: UTF8.self).lowercased())
        } ?? false
    }

    /// Whether a name begins with a dot, as the file system has it: an accent may follow.
    private static func isHidden(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: ".") }

    /// A folder's path without slashes at its end; the root stays "/".
    static func withoutTrailingSlashes(_ folder: String) -> String {
        let bytes = folder.utf8
        let slashes = bytes.reversed().prefix { $0 == UInt8(ascii: "/") }.count
        return slashes > 0 && slashes == bytes.count ? "/" : String(decoding: bytes.dropLast(slashes), as: UTF8.self)
    }

    /// What stands before a path relative to the folder: it ends in just one slash.
    static func prefix(of folder: String) -> String {
        let folder = withoutTrailingSlashes(folder)
        return folder == "/" ? folder : folder + "/"
    }

    /// The paths of all audio files relative to the root, sorted; hidden files are passed over.
    ///
    /// Links are followed and every directory is listed once, so that one that leads back to where it stands, or to a folder
    /// that holds the root, ends there. What the kernel shows under /proc and /sys, where a link may lead, is passed over.
    ///
    /// - Parameter unreadable: told of a directory that cannot be listed; without it that is thrown.
    static func paths(
        under root: URL, unreadable: (CorpusError) throws -> Void = { throw $0 }
    ) throws -> [String] {
        var listed = FileIdentity.above(root)
        var paths: [String] = []
        try list(root, prefix: "", &listed, into: &paths, unreadable)
        return paths.sorted()
    }

    private static func list(
        _ directory: URL, prefix: String, _ listed: inout Set<FileIdentity>, into paths: inout [String],
        _ unreadable: (CorpusError) throws -> Void
    ) throws {
        guard let identity = FileIdentity(directory: directory), listed.insert(identity).inserted else { return }
        let listing: DirectoryListing
        do {
            listing = try DirectoryListing(of: directory)
        } catch let error as CorpusError {
            return try unreadable(error)
        }
        for name in listing.unreadable where !isHidden(name) {
            let path = directory.appendingPathComponent(name).relativePath
            try unreadable(.directoryUnreadable(path: path, reason: "a name that is no UTF-8"))
        }
        for entry in listing.names where !isHidden(entry) {
            let child = directory.appendingPathComponent(entry)
            if FileIdentity(directory: child) != nil {
                guard !isOfTheKernel(child) else { continue }
                try list(child, prefix: "\(prefix)\(entry)/", &listed, into: &paths, unreadable)
            } else if isAudio(entry) {
                paths.append(prefix + entry)
            }
        }
    }

    /// Whether a directory, once links are followed, is one of those that show processes and devices.
    private static func isOfTheKernel(_ directory: URL) -> Bool {
        guard let found = realpath(directory.path, nil) else { return false }
        defer { free(found) }
        return ["proc", "sys"].contains(String(cString: found).pathNames.first ?? "")
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

    /// The directories that hold another, links followed.
    static func above(_ directory: URL) -> Set<FileIdentity> {
        guard let found = realpath(directory.path, nil) else { return [] }
        defer { free(found) }
        let names = String(cString: found).pathNames.dropLast()
        let places = names.indices.map { "/" + names[...$0].joined(separator: "/") }
        return Set((["/"] + places).compactMap { FileIdentity(directory: URL(fileURLWithPath: $0)) })
            .subtracting([FileIdentity(directory: directory)].compactMap { $0 })
    }
}
