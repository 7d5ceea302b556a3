import Foundation

/// Finds the audio files under a corpus root.
enum CorpusScan {
    /// File name endings that are taken for clips; anything else beside them (a README, a licence) is passed over.
    static let audioEndings: Set<String> = ["wav", "flac", "ogg", "oga", "aiff", "aif", "au", "mp3"]

    /// The paths of all audio files relative to the root, sorted; hidden files are passed over.
    static func paths(under root: URL) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw CorpusError.missing(root: root.relativePath)
        }
        let paths = try list(root, prefix: "").sorted()
        guard !paths.isEmpty else { throw CorpusError.empty(root: root.relativePath) }
        return paths
    }

    private static func list(_ directory: URL, prefix: String) throws -> [String] {
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        } catch {
            throw CorpusError.directoryUnreadable(path: directory.relativePath, reason: error.localizedDescription)
        }
        return try entries.filter { !$0.hasPrefix(".") }.flatMap { entry in
            if audioEndings.contains(ending(of: entry)) { return [prefix + entry] }
            let child = directory.appendingPathComponent(entry)
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: child.path, isDirectory: &isDirectory), isDirectory.boolValue
            else {
                return []
            }
            return try list(child, prefix: "\(prefix)\(entry)/")
        }
    }

    private static func ending(of name: String) -> String {
        name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    }
}
