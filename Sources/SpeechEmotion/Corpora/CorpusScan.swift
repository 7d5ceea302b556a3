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
}
