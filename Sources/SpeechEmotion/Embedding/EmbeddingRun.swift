import FeatureStore
import Foundation
import Synchronization
import Wav2Vec2

/// Embeds clips on several workers and stores each as soon as it is done.
struct EmbeddingRun {
    let encoder: Encoder
    let recipe: Recipe
    let store: FeatureStore
    let jobs: Int
    /// Whether clips are embedded although they are in the store.
    var isForced = false

    /// Embeds the clips, largest file first so that no worker is left with a long one at the end; what another process
    /// embeds meanwhile is left to it.
    ///
    /// A clip that cannot be used does not stop the others: the problems of all such clips are returned, sorted by path. A
    /// store that cannot be written stops the run.
    func embed(_ clips: [CorpusClip], console: Console) throws -> [CorpusProblem] {
        let items = Self.largestFirst(clips)
        let totalBytes = items.reduce(0) { $0 + $1.bytes }
        let progress = Progress(
            "embedding", total: clips.count, of: "clip", done: "embedded", totalWeight: Double(totalBytes),
            console: console)
        let problems = Mutex<[CorpusProblem]>([])
        let work = SharedWork<Item>(
            claim: { store.claim(embeddingOf: $0.clip.digest, by: recipe) },
            isDone: { item in
                guard !isForced, try store.missing([item.clip.digest], recipe: recipe).isEmpty else { return false }
                progress.find("by another process", weight: Double(item.bytes))
                return true
            }, waits: progress.waits)
        try work.run(items, on: jobs, makeTool: encoder.makeWorkspace) { item, workspace in
            switch Result(catching: { try encoder.embed(item.clip, using: workspace) }) {
            case .success(let (clip, embedding)):
                try store.store(clip.facts, clip: clip.digest)
                try store.store(embedding, clip: clip.digest, recipe: recipe)
                progress.advance(weight: Double(item.bytes), seconds: clip.seconds)
            case .failure(let error):
                problems.withLock { $0.append(CorpusProblem(path: item.clip.path, reason: error.briefReason)) }
                progress.skip(weight: Double(item.bytes))
            }
        }
        console.line("  embedded \(progress.summary())")
        return problems.withLock { $0.sorted { $0.path < $1.path } }
    }

    private struct Item: Sendable {
        let clip: CorpusClip
        let bytes: Int
    }

    private static func largestFirst(_ clips: [CorpusClip]) -> [Item] {
        let items = clips.map { clip in
            let attributes = try? FileManager.default.attributesOfItem(atPath: clip.file.path)
            return Item(clip: clip, bytes: attributes?[.size] as? Int ?? 0)
        }
        return items.sorted { $0.bytes != $1.bytes ? $0.bytes > $1.bytes : $0.clip.path < $1.clip.path }
    }
}
