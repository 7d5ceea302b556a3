import Audio
import Diagnosis
import Evaluation
import FeatureStore
import Foundation
import Synchronization
import Wav2Vec2

/// What a look over a corpus found before any compute is spent on it: the `check` command.
public struct CorpusCheck: Sendable {
    private let stage: String
    private let corpus: Corpus
    private let facts: [Digest: StoredAudioFacts]
    private let problems: [CorpusProblem]
    /// A line for each encoder that the pipeline names.
    private let encoders: [String]

    init(
        stage: String, corpus: Corpus, facts: [Digest: StoredAudioFacts], undecodable: [CorpusProblem],
        encoders: [String]
    ) {
        self.encoders = encoders
        self.stage = stage
        self.corpus = corpus
        self.facts = facts
        problems = (corpus.problems + undecodable).sorted { $0.path < $1.path }
    }

    /// Throws ``CorpusError/badClips(stage:root:problems:)`` if a clip cannot be used.
    public func throwIfUnusable() throws {
        guard !problems.isEmpty else { return try checkRecordings() }
        throw CorpusError.badClips(
            stage: stage, root: corpus.place, problems: problems.map(\.line))
    }

    /// One recording under two speakers or labels would leak through any split.
    private func checkRecordings() throws {
        try LeakGuard.checkRecordings(of: corpus.clips.map(LabelledClip.init))
    }

    /// The findings as text: counts first, then the encoders, then remarks on duplicates and clipping.
    public var text: String {
        let facts = [counts] + corpora + [speakers, classes, rates, channels, lengths]
        return (facts + encoders + namesakes + duplicates + clipping).joined(separator: "\n")
    }

    private var known: [StoredAudioFacts] { corpus.clips.compactMap { facts[$0.digest] } }

    private var counts: String {
        let hours = known.reduce(0) { $0 + $1.seconds }
        return "clips     \(corpus.clips.count), \(hours.fixed(1)) s in all"
    }

    /// How many clips and speakers each of several corpora has.
    private var corpora: [String] {
        let each = Dictionary(grouping: corpus.clips.filter { !$0.corpus.isEmpty }, by: \.corpus)
        return each.sorted { $0.key < $1.key }.map { name, clips in
            "corpus    \(name): \(clips.count.clips) of \(Set(clips.map(\.speaker)).count) speakers"
        }
    }

    private var speakers: String {
        let each = Dictionary(grouping: corpus.clips, by: \.speaker).mapValues(\.count)
        return "speakers  \(each.count)\(sexes), each with \(Self.span(Array(each.values))) clips"
    }

    /// How many speakers are of which sex, where the corpus tells it of any.
    private var sexes: String {
        let known = Set(corpus.clips.map { Speaker(name: $0.speaker, sex: $0.sex) })
        guard known.contains(where: { $0.sex != nil }) else { return "" }
        let counts = [SpeakerSex?.some(.female), .male, nil].map { sex in (sex, known.count { $0.sex == sex }) }
        let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0?.rawValue ?? "not told")" }
        return " (\(words.joined(separator: ", ")))"
    }

    private struct Speaker: Hashable {
        let name: String
        let sex: SpeakerSex?
    }

    /// Speakers whose names differ in capitals alone may be one, on both sides of a split.
    private var namesakes: [String] {
        Dictionary(grouping: corpus.speakers) { $0.lowercased() }.values.filter { $0.count > 1 }
            .map { "namesakes \(Diagnosis.printableLine($0.joined(separator: " and ")))" }.sorted()
    }

    private var classes: String {
        let each = corpus.classes.enumerated().map { label, name in
            "\(name) \(corpus.clips.count { $0.label == label })"
        }
        return "classes   \(each.joined(separator: ", "))"
    }

    private var rates: String { "rates     \(Self.tally(known.map { "\($0.sampleRate) Hz" }))" }

    private var channels: String {
        "channels  \(Self.tally(known.map { $0.channels == 1 ? "mono" : "\($0.channels) channels" }))"
    }

    private var lengths: String {
        let seconds = known.map(\.seconds).sorted()
        guard let shortest = seconds.first, let longest = seconds.last else { return "lengths   none" }
        return
            "lengths   \(shortest.fixed(2)) to \(longest.fixed(2)) s, median \(seconds[seconds.count / 2].fixed(2)) s"
    }

    private var duplicates: [String] {
        let copies = Dictionary(grouping: corpus.clips, by: \.digest).values.filter { $0.count > 1 }
        let lines = copies.map { $0.map(\.path).sorted().joined(separator: " = ") }.sorted()
        return lines.map { "duplicate \(Diagnosis.printableLine($0))" }
    }

    private var clipping: [String] {
        let clipped = corpus.clips.filter { (facts[$0.digest]?.clippedSamples ?? 0) > 0 }
        guard !clipped.isEmpty else { return [] }
        let worst = clipped.max { (facts[$0.digest]?.clippedSamples ?? 0) < (facts[$1.digest]?.clippedSamples ?? 0) }
        let example =
            worst.map {
                "; most in \(Diagnosis.printableLine($0.path)), \(facts[$0.digest]?.clippedSamples ?? 0) samples"
            } ?? ""
        return ["clipping  \(clipped.count.clips) reach full scale\(example)"]
    }

    private static func span(_ numbers: [Int]) -> String {
        guard let least = numbers.min(), let most = numbers.max() else { return "0" }
        return least == most ? "\(least)" : "\(least) to \(most)"
    }

    private static func tally(_ words: [String]) -> String {
        let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(
            separator: ", ")
    }
}

extension Experiment {
    /// Looks over the pipeline's corpus: every clip is decoded once and what it holds is remembered by content.
    public func check() throws -> CorpusCheck {
        let stage =
            try stages(of: EmbedStage.self).last?.corpusStage
            ?? stage(of: (any ClipSource).self, named: "corpus", for: "check")
        let corpus = try stage.corpus()
        let store = scene.project.store
        let known = try store.audioFacts(of: corpus.clips.map(\.digest))
        let unknown = corpus.clips.filter { known[$0.digest] == nil }
        let progress = Progress(
            "decoding", total: unknown.count, of: "clip", done: "decoded", console: scene.options.console)
        let problems = Mutex<[CorpusProblem]>([])
        try onWorkers(scene.options.jobs, over: unknown, makeTool: {}) { clip, _ in
            let facts: StoredAudioFacts
            do {
                facts = try StoredAudioFacts(decoding: clip)
            } catch {
                problems.withLock { $0.append(CorpusProblem(path: clip.path, reason: error.briefReason)) }
                return
            }
            try store.store(facts, clip: clip.digest)
            progress.advance()
        }
        if !problems.withLock(\.isEmpty) { try corpus.checkPresence() }
        let facts = try store.audioFacts(of: corpus.clips.map(\.digest))
        let unfit = corpus.clips.compactMap { clip in
            facts[clip.digest].flatMap(reasonAgainst).map { CorpusProblem(path: clip.path, reason: $0) }
        }
        return CorpusCheck(
            stage: stage.name, corpus: corpus, facts: facts, undecodable: problems.withLock { $0 } + unfit,
            encoders: stages(of: EmbedStage.self).map(Self.line))
    }

    /// What stands where an embed stage's encoder is to be.
    private static func line(on stage: EmbedStage) -> String {
        let name = "encoder   \(Diagnosis.printableLine(stage.encoder.relativePath))"
        do {
            return "\(name): \(try stage.cache().source.origin.words)"
        } catch ModelError.encoderMissing {
            return "\(name) is not there"
        } catch {
            return "\(name): \(Diagnosis.printableLine(error.briefReason))"
        }
    }
}

/// Why a clip that can be decoded will not be embedded, if so; lengths are judged by the base encoder's.
private func reasonAgainst(_ facts: StoredAudioFacts) -> String? {
    let shortest = Double(EncoderConfiguration.base.minimumSamples) / Double(Preprocessing.base.sampleRate)
    if facts.isSilent { return "the clip is silent" }
    if facts.seconds < shortest { return "the clip is too short: \(facts.seconds.fixed(3)) s" }
    return nil
}

extension StoredAudioFacts {
    /// Decodes a clip for what it holds, without resampling it.
    fileprivate init(decoding clip: CorpusClip) throws {
        self = try PreparedClip.decoded(clip.file.path, name: clip.path, expected: clip.digest) { try $0.readAll() }
            .facts
    }
}
