import Checkpoints
import FeatureStore
import Foundation

/// Embeds audio files and writes the pooled hidden states as a NumPy archive: the `embed` command.
///
/// The archive holds `embeddings` float32 (clips, layers, hidden), `layers` int64 and `files` unicode, clips in the order
/// given. Clips that the cache already holds are not computed again. When some files cannot be used nothing is written,
/// and the others stay cached.
///
/// - Parameter names: what `files` holds and messages say, one for each file.
/// - Returns: one line that says what was written.
/// - throws: ``CommandError/badFiles(problems:done:)`` with every file that could not be used.
public func embedFiles(
    _ files: [URL], named names: [String], encoder: URL, layers: LayerSelection, output: URL, project: Project,
    options: WorkOptions
) throws -> String {
    let cache = try EmbeddingCache(encoder: encoder, store: project.store)
    let chosen = try layers.layers(of: cache.source.stateCount)
    let clips = try listedClips(files, named: names, store: project.store, jobs: options.jobs)
    try cache.fill(clips, jobs: options.jobs, console: options.console).throwIfAny(of: clips)
    let values = try cache.embeddings(of: clips, layers: chosen, options: options)
    let hidden = cache.source.configuration.hiddenSize
    var archive = NumPyArchive()
    archive.add(
        "embeddings", clips.flatMap { values[$0.digest] ?? [] }, shape: [clips.count, chosen.count, hidden])
    archive.add("layers", chosen.map(Int64.init), shape: [chosen.count])
    archive.add("files", names)
    try archive.write(to: output)
    return "\(output.relativePath): \(clips.count) × \(chosen.count) × \(hidden)"
}

/// Clips given on a command line: no corpus, so neither speaker nor label.
func listedClips(_ files: [URL], named names: [String], store: FeatureStore, jobs: Int) throws -> [CorpusClip] {
    if let absent = zip(files, names).first(where: { !FileManager.default.fileExists(atPath: $0.0.path) }) {
        throw CommandError.noAudio(path: absent.1)
    }
    return try zip(zip(files, names), store.digests(of: files, workers: jobs)).map { listed, digest in
        CorpusClip(path: listed.1, file: listed.0, digest: try digest.get(), speaker: "", label: 0)
    }
}

extension [CorpusProblem] {
    /// Throws ``CommandError/badFiles(problems:done:)`` if there is a problem among these clips.
    func throwIfAny(of clips: [CorpusClip]) throws { try throwIfAny(done: clips.count - count) }

    /// Throws ``CommandError/badFiles(problems:done:)`` if there is a problem; `done` files had none.
    func throwIfAny(done: Int) throws {
        guard !isEmpty else { return }
        throw CommandError.badFiles(problems: map(\.line), done: done)
    }
}
