import FeatureStore
import Synchronization
import Wav2Vec2

/// Clips to embed at two precisions, none of it kept.
struct PrecisionSample {
    /// In corpus order.
    let clips: [CorpusClip]
    /// Indexes of those that are embedded.
    let chosen: [Int]
    let options: WorkOptions

    /// Embeds each by both, in the order chosen.
    func embedded(by own: EncoderSource, and other: EncoderSource) throws -> [EmbeddedTwice] {
        let (first, second) = (try own.encoder(), try other.encoder())
        let progress = Progress(
            "embedding", total: chosen.count, of: "clip", done: "embedded twice", isKept: false,
            console: options.console)
        let done = Mutex<[EmbeddedTwice]>([])
        try onWorkers(
            options.jobs, over: chosen, makeTool: { (own: first.makeWorkspace(), other: second.makeWorkspace()) }
        ) { index, workspaces in
            let clip = clips[index]
            let (prepared, embedding) = try first.embed(clip, using: workspaces.own)
            let twice = EmbeddedTwice(
                clip: index, path: clip.path, own: embedding,
                other: try second.embed(clip, using: workspaces.other).embedding)
            done.withLock { $0.append(twice) }
            progress.advance(seconds: prepared.seconds)
        }
        options.console.line("  embedded at both precisions: \(progress.summary())")
        return done.withLock { $0.sorted { $0.clip < $1.clip } }
    }
}
