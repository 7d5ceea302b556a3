import Checkpoints
import EmotionHead
import Foundation

/// The files of a pipeline's heads, beside the folders of other pipelines.
struct HeadShelf: Sendable {
    let pipeline: String
    /// Where they are, within the cache: one file a head.
    let folder: URL
    let cache: URL

    /// Makes the folder if need be.
    func make() throws { try OwnFolder.make(folder, within: cache) }

    /// The file of a training's head.
    func file(of training: FoldTraining) -> URL { folder.appendingPathComponent(training.fileName) }

    /// Whether the file is there and of this very training.
    func holds(_ training: FoldTraining) -> Bool { Self.isHead(of: training, at: file(of: training)) }

    /// Writes a head and what is known of it.
    func save(_ head: Head, of training: FoldTraining, facts: HeadFacts) throws {
        let classes = training.cell.division.labels.classes
        try HeadFile(head: head, classes: classes, metadata: facts.metadata).write(to: file(of: training))
    }

    /// Takes the head from a pipeline that trained the same; false where none has saved it.
    func copy(_ training: FoldTraining, facts: HeadFacts) throws -> Bool {
        let others = folder.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: others.path)) ?? []
        for name in names.sorted() {
            let file = others.appendingPathComponent(name).appendingPathComponent(training.fileName)
            guard Self.isHead(of: training, at: file), let found = try? HeadFile(contentsOf: file) else { continue }
            try save(found.head, of: training, facts: facts)
            return true
        }
        return false
    }

    private static func isHead(of training: FoldTraining, at file: URL) -> Bool {
        (try? Checkpoint.metadata(of: file))?["key"] == training.key.description
    }
}
