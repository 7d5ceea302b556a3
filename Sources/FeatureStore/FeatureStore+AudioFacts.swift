import Foundation
import GRDB

extension FeatureStore {
    /// What is known of the clips' audio; clips that were never decoded are absent, and those whose row is damaged.
    public func audioFacts(of clips: [Digest]) throws -> [Digest: StoredAudioFacts] {
        var facts: [Digest: StoredAudioFacts] = [:]
        try read { database in
            let sql = "SELECT \(audioFactsColumns) FROM audio_facts WHERE clip IN"
            try database.fetchRows(sql, among: clips) { row in
                if let (clip, sound) = soundAudioFacts(in: row) { facts[clip] = sound }
            }
        }
        let rest = clips.filter { facts[$0] == nil }
        return facts.merging(try elder?.unlessDamaged { try $0.audioFacts(of: rest) } ?? [:]) { own, _ in own }
    }

    /// Keeps what is known of a clip's audio.
    public func store(_ facts: StoredAudioFacts, clip: Digest) throws {
        try write { try $0.insert(facts, clip: clip) }
    }
}

extension Database {
    /// Keeps what is known of a clip's audio, in the place of what was known before.
    func insert(_ facts: StoredAudioFacts, clip: Digest) throws {
        let replacement = try cachedStatement(
            sql:
                "INSERT OR REPLACE INTO audio_facts (\(audioFactsColumns)) VALUES (\(databaseQuestionMarks(count: 10)))"
        )
        try replacement.execute(arguments: [
            clip, facts.sampleRate, facts.channels, facts.frames, facts.format, facts.peak, facts.rms,
            facts.clippedSamples, facts.isSilent, facts.checksum(of: clip),
        ])
    }
}

/// What ``soundAudioFacts(in:)`` reads, in its order.
let audioFactsColumns =
    "clip, sample_rate, channels, frames, format, peak, rms, clipped_samples, silent, checksum"

/// The facts in a row of ``audioFactsColumns``; nil when they are not what was stored, or can be no audio's.
func soundAudioFacts(in row: Row) -> (clip: Digest, facts: StoredAudioFacts)? {
    guard let clip = try? row.decode(Digest.self, atIndex: 0), let facts = try? StoredAudioFacts(row),
        let checksum = try? row.decode(Data.self, atIndex: 9), checksum == facts.checksum(of: clip), facts.arePossible
    else { return nil }
    return (clip, facts)
}

extension StoredAudioFacts {
    fileprivate init(_ row: Row) throws {
        self.init(
            sampleRate: try row.decode(atIndex: 1), channels: try row.decode(atIndex: 2),
            frames: try row.decode(atIndex: 3), format: try row.decode(atIndex: 4), peak: try row.decode(atIndex: 5),
            rms: try row.decode(atIndex: 6), clippedSamples: try row.decode(atIndex: 7),
            isSilent: try row.decode(atIndex: 8))
    }

    /// Whether there can be such audio: a checksum has no secret, and the row may be a stranger's.
    fileprivate var arePossible: Bool {
        sampleRate > 0 && channels > 0 && frames >= 0 && clippedSamples >= 0 && peak.isFinite && rms.isFinite
    }

    func checksum(of clip: Digest) -> Data {
        var checksum = RowChecksum(of: "audio_facts")
        checksum.add(clip)
        [sampleRate, channels, frames].forEach { checksum.add($0) }
        checksum.add(format)
        [peak, rms].forEach { checksum.add(Double($0)) }
        [clippedSamples, isSilent ? 1 : 0].forEach { checksum.add($0) }
        return checksum.value
    }
}
