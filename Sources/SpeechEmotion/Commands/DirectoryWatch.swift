import Foundation

/// Tells the audio files that appear in a directory, or change there, once they hold still.
///
/// It lists the directory at each look instead of asking the kernel to be told, so that it works on network file systems
/// too. A file is told when size, modification time and inode are the same in two looks on end, and again when they
/// change after that.
public struct DirectoryWatch {
    /// As it was named, without slashes at its end.
    public let directory: String
    /// What was told, or was there at the start.
    private var told: [String: Stamp]
    private var lastSeen: [String: Stamp] = [:]
    private var complaints: Set<String> = []

    private struct Stamp: Equatable {
        let size: Int
        let modified: [Int]
        let inode: UInt
    }

    /// Begins to watch; what is there already is left alone.
    ///
    /// - throws: ``CommandError/nothingToWatch(directory:)``.
    public init(_ directory: String) throws {
        self.directory = AudioFolder.withoutTrailingSlashes(directory)
        told = [:]
        told = try look { _ in }
    }

    /// What was there when watching began, in words.
    public var summary: String { "\(told.count.clips) there already" }

    /// Looks again: the paths of files that are new or changed, and whole as far as that can be seen, sorted.
    ///
    /// - Parameter complain: told once of each directory below that cannot be listed.
    /// - throws: ``CommandError/nothingToWatch(directory:)`` when the directory is gone.
    mutating func arrivals(complain: (CorpusError) -> Void) throws -> [String] {
        let present = try look(complain)
        let arrived = present.filter { lastSeen[$0.key] == $0.value && told[$0.key] != $0.value }
        told = told.filter { present[$0.key] != nil }.merging(arrived) { $1 }
        lastSeen = present
        return arrived.keys.sorted()
    }

    private mutating func look(_ complain: (CorpusError) -> Void) throws -> [String: Stamp] {
        try checkThatItIsThere()
        let root = URL(fileURLWithPath: directory)
        let paths = try AudioFolder.paths(under: root) { error in
            if error == .directoryUnreadable(path: root.relativePath, reason: error.diagnosis.found ?? "") {
                // It may have been removed just now.
                try checkThatItIsThere()
                throw error
            }
            if complaints.insert(error.briefReason).inserted { complain(error) }
        }
        let prefix = AudioFolder.prefix(of: directory)
        let stamps = paths.map { prefix + $0 }.map { path in Self.stamp(of: path).map { (path, $0) } }
        return Dictionary(stamps.compactMap { $0 }) { first, _ in first }
    }

    private func checkThatItIsThere() throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw CommandError.nothingToWatch(directory: directory)
        }
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(
            size: Int(status.st_size), modified: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec],
            inode: UInt(status.st_ino))
    }
}
