import Evaluation
import FeatureStore
import Foundation

/// One recording of a corpus.
struct CorpusClip: Sendable {
    /// The path relative to the corpus root.
    let path: String
    let file: URL
    /// SHA-256 of the file's bytes.
    let digest: Digest
    let speaker: String
    /// Index into the layout's classes.
    let label: Int
    /// The speaker's sex, where the corpus states it.
    var sex: SpeakerSex?
    /// Which of several corpora it is from; empty where there is one.
    var corpus = ""
}

extension LabelledClip {
    /// A clip as splits and protocols see it.
    init(_ clip: CorpusClip) {
        self.init(
            path: clip.path, content: clip.digest.description, speaker: clip.speaker, label: clip.label,
            sex: clip.sex, corpus: clip.corpus)
    }
}

/// A corpus as found on disk: its clips in the order of their paths, and what is wrong with it.
struct Corpus: Sendable {
    /// The folders that clips lie in, each under what stands before the paths of its clips: nothing where there is one.
    let roots: [(prefix: String, folder: URL)]
    let classes: [String]
    let clips: [CorpusClip]
    let problems: [CorpusProblem]

    /// Finds, names and digests every clip under the root; only files not remembered by the store are read.
    ///
    /// - Parameter complete: whether clips that the layout knows of but that are not there count as problems.
    init(root: URL, layout: some CorpusLayout, complete: Bool, store: FeatureStore, jobs: Int) throws {
        let stated = try layout.clips(under: root)
        let paths = stated.map(\.path)
        let files = paths.map { root.appendingPathComponent($0) }
        var clips: [CorpusClip] = []
        var problems: [CorpusProblem] = complete ? layout.incompleteness(of: paths) : []
        let surplus = Set(problems.map(\.path)).intersection(paths)
        var seen: Set<String> = []
        for ((clip, file), digest) in zip(zip(stated, files), store.digests(of: files, workers: jobs))
        where !surplus.contains(clip.path) {
            do {
                // Texts that look the same are the same in tables and dictionaries, however the file system has them.
                guard seen.insert(clip.path).inserted else {
                    throw LayoutFault(reason: "a second file of this name, with its letters encoded in another way")
                }
                let description = try clip.description.get()
                clips.append(
                    CorpusClip(
                        path: clip.path, file: file, digest: try digest.get(), speaker: description.speaker,
                        label: description.label, sex: description.sex))
            } catch let fault as LayoutFault {
                problems.append(CorpusProblem(path: clip.path, reason: fault.reason))
            } catch {
                problems.append(CorpusProblem(path: clip.path, reason: error.briefReason))
            }
        }
        if clips.isEmpty { try CorpusScan.checkPresence(of: files, under: root.relativePath) }
        roots = [("", root)]
        self.classes = layout.classes
        self.clips = clips
        self.problems = problems.sorted { $0.path < $1.path }
    }

    /// Several corpora as one: paths get the corpus's name before them, labels become indexes into `classes`.
    ///
    /// Speakers get the layout's name, so that those of two corpora of one layout are the same people: two copies of a corpus,
    /// one with noise, must not pass for strangers.
    init(joining parts: [(name: String, layout: String, corpus: Corpus)], classes: [String]) {
        roots = parts.flatMap { part in part.corpus.roots.map { ("\(part.name)/\($0.prefix)", $0.folder) } }
        self.classes = classes
        clips = parts.flatMap { part in
            let labels = part.corpus.classes.map { classes.firstIndex(of: $0) }
            return part.corpus.clips.map { clip in
                guard let label = labels[clip.label] else {
                    preconditionFailure("expected class \(part.corpus.classes[clip.label]) among \(classes)")
                }
                return CorpusClip(
                    path: "\(part.name)/\(clip.path)", file: clip.file, digest: clip.digest,
                    speaker: "\(part.layout)/\(clip.speaker)", label: label, sex: clip.sex, corpus: part.name)
            }
        }
        problems = parts.flatMap { part in
            part.corpus.problems.map { CorpusProblem(path: "\(part.name)/\($0.path)", reason: $0.reason) }
        }
    }

    /// Where it lies, for messages.
    var place: String { roots.map(\.folder.relativePath).joined(separator: ", ") }

    /// Throws ``CorpusError/vanished(root:)`` when every clip has gone since it was listed: it then is not a clip's fault that
    /// it cannot be used.
    func checkPresence() throws { try CorpusScan.checkPresence(of: clips.map(\.file), under: place) }

    /// SHA-256 over the paths and contents of all clips: changes when one is added, removed, renamed or altered.
    var digest: Digest { Digest.of(clips.flatMap { [$0.path, $0.digest.description] }) }

    /// SHA-256 over what is stated of each clip: its path, class and speaker.
    var statements: Digest { Digest.of(clips.flatMap { [$0.path, classes[$0.label], $0.speaker] }) }

    /// The speakers, sorted.
    var speakers: [String] { Set(clips.map(\.speaker)).sorted() }
}
