import GRDB

extension FeatureStore {
    /// What is known of the clips' audio; clips that were never decoded are absent.
    public func audioFacts(of clips: [Digest]) throws -> [Digest: StoredAudioFacts] {
        var facts: [Digest: StoredAudioFacts] = [:]
        try read { database in
            let sql = """
                SELECT clip, sample_rate, channels, frames, format, peak, rms, clipped_samples, silent
                FROM audio_facts WHERE clip IN
                """
            try database.fetchRows(sql, among: clips) { row in
                facts[try row.decode(atIndex: 0)] = try StoredAudioFacts(row)
            }
        }
        return facts
    }

    /// Keeps what is known of a clip's audio.
    public func store(_ facts: StoredAudioFacts, clip: Digest) throws {
        try write { database in
            let replacement = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO audio_facts
                        (clip, sample_rate, channels, frames, format, peak, rms, clipped_samples, silent)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            try replacement.execute(arguments: [
                clip, facts.sampleRate, facts.channels, facts.frames, facts.format, facts.peak, facts.rms,
                facts.clippedSamples, facts.isSilent,
            ])
        }
    }
}

extension StoredAudioFacts {
    fileprivate init(_ row: Row) throws {
        self.init(
            sampleRate: try row.decode(atIndex: 1), channels: try row.decode(atIndex: 2),
            frames: try row.decode(atIndex: 3), format: try row.decode(atIndex: 4), peak: try row.decode(atIndex: 5),
            rms: try row.decode(atIndex: 6), clippedSamples: try row.decode(atIndex: 7),
            isSilent: try row.decode(atIndex: 8))
    }
}
