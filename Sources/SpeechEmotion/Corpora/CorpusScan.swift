import Foundation

/// Finds the audio files under a corpus root.
enum CorpusScan {
    /// The paths of all audio files relative to the root, sorted; hidden files are passed over.
    static func paths(under root: URL) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw CorpusError.missing(root: root.relativePath)
        }
        let paths = try AudioFolder.paths(under: root)
        guard !paths.isEmpty else { throw CorpusError.empty(root: root.relativePath) }
        return paths
    }

    /// Throws ``CorpusError/vanished(root:)`` if none of the files is there any more.
    static func checkPresence(of files: [URL], under place: String) throws {
        guard files.contains(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw CorpusError.vanished(root: place)
        }
    }
}
