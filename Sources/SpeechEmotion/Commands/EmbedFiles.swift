import Checkpoints
import Foundation
import Kernels

/// Embeds audio files and writes the pooled hidden states as a NumPy archive: the `embed` command.
///
/// The archive holds `embeddings` float32 (clips, layers, hidden), `layers` int64 and `files` unicode, clips in the order
/// given. Clips that the cache already holds are not computed again. When some files cannot be used nothing is written,
/// and the others stay cached.
///
/// - Returns: one line that says what was written.
/// - throws: ``CommandError/badFiles(problems:done:)`` with every file that could not be used.
public func embedFiles(
    _ audio: AudioArguments, encoder: URL, precision: Precision, layers: LayerSelection, output: URL, project: Project,
    options: WorkOptions
) throws -> String {
    let cache = try EmbeddingCache(encoder: encoder, precision: precision, store: project.store)
    if let remark = cache.source.place.remark { options.console.line(remark) }
    let chosen = try layers.layers(of: cache.source.stateCount)
    let (clips, unread) = audio.clips(store: project.store, jobs: options.jobs)
    let problems = try unread + cache.fill(clips, jobs: options.jobs, console: options.console)
    try problems.throwIfAny(of: clips.count + unread.count)
    let hidden = cache.source.configuration.hiddenSize
    var archive = NumPyArchive()
    archive.add(
        "embeddings", shape: [clips.count, chosen.count, hidden],
        floats: { try cache.forEachEmbedding(of: clips, layers: chosen, options: options, $0) })
    archive.add("layers", chosen.map(Int64.init), shape: [chosen.count])
    archive.add("files", clips.map(\.path))
    try archive.write(to: output)
    return "\(output.relativePath): \(clips.count) × \(chosen.count) × \(hidden)"
}

extension [CorpusProblem] {
    /// Throws ``CommandError/badFiles(problems:done:)`` if there is a problem among these clips.
    func throwIfAny(of clips: [CorpusClip]) throws { try throwIfAny(of: clips.count) }

    /// Throws ``CommandError/badFiles(problems:done:)`` if there is a problem among that many files.
    func throwIfAny(of files: Int) throws { try throwIfAny(done: files - count) }

    /// Throws ``CommandError/badFiles(problems:done:)`` if there is a problem; `done` files had none.
    func throwIfAny(done: Int) throws {
        guard !isEmpty else { return }
        throw CommandError.badFiles(problems: map(\.line), done: done)
    }
}
