import Checkpoints
import Foundation

extension ExportedHeads {
    /// Removes the heads that an earlier export left in a folder, with their cards.
    ///
    /// Their cards say that they stand beside their embeddings, which by now are another pipeline's. A file is only taken for
    /// one of Timbre's heads where its metadata name pipeline, cell and fold; anything else stays.
    ///
    /// - Parameter written: names of the heads that this export wrote.
    /// - Returns: how many heads were removed.
    /// - throws: ``CommandError/cannotWrite(path:reason:)`` for a file that cannot be removed.
    static func removeEarlier(in folder: URL, butFor written: Set<String>) throws -> Int {
        let earlier = try heads(in: folder).filter { !written.contains($0.lastPathComponent) }
        for head in earlier {
            // The card first: a head without one is found by the next export, a card alone by none.
            try removeIfThere(head.deletingPathExtension().appendingPathExtension("md"))
            try removeIfThere(head)
        }
        return earlier.count
    }

    private static func heads(in folder: URL) throws -> [URL] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory), isDirectory.boolValue
        else { return [] }
        return try Project.writing(folder) { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
            .filter { $0.hasSuffix(".safetensors") }.map { folder.appendingPathComponent($0) }.filter(isHead)
    }

    /// What cannot be read as a checkpoint is none of Timbre's.
    private static func isHead(_ file: URL) -> Bool {
        guard let metadata = try? Checkpoint.metadata(of: file) else { return false }
        return ["pipeline", "cell", "fold"].allSatisfy { metadata[$0] != nil }
    }

    private static func removeIfThere(_ file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        try Project.writing(file) { try FileManager.default.removeItem(at: file) }
    }
}
