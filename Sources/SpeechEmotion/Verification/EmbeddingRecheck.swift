import FeatureStore
import Foundation
import Kernels
import Randomness
import Synchronization
import Wav2Vec2

/// Computes a sample of the stored embeddings again, by what the store remembers of where audio and encoders lie.
struct EmbeddingRecheck {
    let store: FeatureStore
    /// How many embeddings of each recipe.
    let count: Int
    let seed: UInt64
    let options: WorkOptions

    /// Rechecks each recipe in the order of their first use.
    func run() throws -> [RecheckedRecipe] {
        guard count > 0 else { return [] }
        let remembered = try store.rememberedDigests()
        let clips = try store.recipes().map { (recipe: $0, clips: try store.clips(by: $0)) }
        let files = present(remembered, among: Set(clips.flatMap(\.clips)))
        let encoders = encoders(among: remembered.keys)
        return try clips.map { recipe, clips in
            var result = RecheckedRecipe(recipe: recipe.digest, rows: clips.count)
            result.withoutAudio = clips.count { files[$0] == nil }
            guard let encoder = encoders.first(where: { $0.recipe == recipe }) else { return result }
            result.encoder = encoder.directory.relativePath
            result.misshapen = try store.clips(by: recipe, notOf: encoder.shape)
            guard encoder.precision.isAvailable else {
                result.lackingPrecision = encoder.precision
                return result
            }
            let misshapen = Set(result.misshapen)
            let found = clips.filter { files[$0] != nil && !misshapen.contains($0) }
            try recompute(sample(of: found), files: files, by: encoder, into: &result)
            return result
        }
    }

    /// A file for each content that is still where it was.
    private func present(_ remembered: [String: Digest], among wanted: Set<Digest>) -> [Digest: URL] {
        let paths = remembered.filter { wanted.contains($0.value) }.keys.sorted()
        let files = paths.filter { FileManager.default.fileExists(atPath: $0) }.map { URL(fileURLWithPath: $0) }
        let digests = store.digests(of: files, workers: options.jobs)
        return Dictionary(zip(digests, files).compactMap { digest, file in (try? digest.get()).map { ($0, file) } }) {
            first, _ in first
        }
    }

    /// The encoders whose configuration was read once, as far as they can be read now.
    private func encoders(among paths: some Sequence<String>) -> [EncoderSource] {
        let configurations = paths.filter { $0.hasSuffix("/config.json") }.sorted()
        return configurations.flatMap { path in
            Precision.allCases.compactMap { precision in
                try? EncoderSource(
                    directory: URL(fileURLWithPath: path).deletingLastPathComponent(), precision: precision,
                    store: store)
            }
        }
    }

    private func sample(of clips: [Digest]) -> [Digest] {
        var generator = SeededGenerator(seed: seed, purpose: "cache verify")
        return Array(generator.shuffled(clips).prefix(count))
    }

    private func recompute(
        _ clips: [Digest], files: [Digest: URL], by source: EncoderSource, into result: inout RecheckedRecipe
    ) throws {
        guard !clips.isEmpty else { return }
        let stored = try store.embeddings(of: clips, recipe: source.recipe)
        let differences = Mutex<[EmbeddingDifference]>([])
        do {
            let encoder = try source.encoder()
            try onWorkers(options.jobs, over: clips, makeTool: encoder.makeWorkspace) { clip, workspace in
                guard let file = files[clip], let embedding = stored[clip] else { return }
                let listed = CorpusClip(path: file.relativePath, file: file, digest: clip, speaker: "", label: 0)
                let computed = try encoder.embed(listed, using: workspace).embedding
                let difference = EmbeddingDifference(
                    clip, name: file.relativePath, stored: embedding, computed: computed)
                differences.withLock { $0.append(difference) }
            }
        } catch {
            result.problem = error.briefReason
        }
        result.differences = differences.withLock { $0.sorted { ($0.name, $0.clip) < ($1.name, $1.clip) } }
    }
}
