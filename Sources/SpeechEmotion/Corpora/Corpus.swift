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
}

extension LabelledClip {
    /// A clip as splits and protocols see it.
    init(_ clip: CorpusClip) {
        self.init(
            path: clip.path, content: clip.digest.description, speaker: clip.speaker, label: clip.label,
            sex: clip.sex)
    }
}

/// A corpus as found on disk: its clips in the order of their paths, and what is wrong with it.
struct Corpus: Sendable {
    let root: URL
    let classes: [String]
    let clips: [CorpusClip]
    let problems: [CorpusProblem]

    /// Finds, names and digests every clip under the root; only files not remembered by the store are read.
    ///
    /// - Parameter complete: whether clips that the layout knows of but that are not there count as problems.
    init(root: URL, layout: some CorpusLayout, complete: Bool, store: FeatureStore, jobs: Int) throws {
        let paths = try CorpusScan.paths(under: root)
        let files = paths.map { root.appendingPathComponent($0) }
        var clips: [CorpusClip] = []
        var problems: [CorpusProblem] = complete ? layout.incompleteness(of: paths) : []
        let surplus = Set(problems.map(\.path)).intersection(paths)
        var seen: Set<String> = []
        for ((path, file), digest) in zip(zip(paths, files), store.digests(of: files, workers: jobs))
        where !surplus.contains(path) {
            do {
                // Texts that look the same are the same in tables and dictionaries, however the file system has them.
                guard seen.insert(path).inserted else {
                    throw LayoutFault(reason: "a second file of this name, with its letters encoded in another way")
                }
                let description = try layout.describe(path)
                clips.append(
                    CorpusClip(
                        path: path, file: file, digest: try digest.get(), speaker: description.speaker,
                        label: description.label, sex: description.sex))
            } catch let fault as LayoutFault {
                problems.append(CorpusProblem(path: path, reason: fault.reason))
            } catch {
                problems.append(CorpusProblem(path: path, reason: error.briefReason))
            }
        }
        if clips.isEmpty { try CorpusScan.checkPresence(of: files, under: root) }
        self.root = root
        self.classes = layout.classes
        self.clips = clips
        self.problems = problems.sorted { $0.path < $1.path }
    }

    /// Throws ``CorpusError/vanished(root:)`` when every clip has gone since it was listed: it then is not a clip's fault that
    /// it cannot be used.
    func checkPresence() throws { try CorpusScan.checkPresence(of: clips.map(\.file), under: root) }

    /// SHA-256 over the paths and contents of all clips: changes when one is added, removed, renamed or altered.
    var digest: Digest { Digest.of(clips.flatMap { [$0.path, $0.digest.description] }) }

    /// The speakers, sorted.
    var speakers: [String] { Set(clips.map(\.speaker)).sorted() }
}

/// A layout by the name that a stage file uses.
enum CorpusLayouts {
    static let all: [any CorpusLayout] = [RavdessLayout()]
    static let names = all.map { type(of: $0).name }

    /// The layout of one of ``names``.
    static func layout(named name: String) -> any CorpusLayout {
        guard let layout = all.first(where: { type(of: $0).name == name }) else {
            preconditionFailure("expected one of \(names), found \(name)")
        }
        return layout
    }
}
