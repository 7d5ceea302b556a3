import Testing

@testable import FeatureStore

@Suite struct FeatureStoreAudioFactsTests {
    private let facts = StoredAudioFacts(
        sampleRate: 48_000, channels: 2, frames: 144_000, format: "WAV PCM_16", peak: 0.1, rms: 0.012345679,
        clippedSamples: 3, isSilent: false)

    @Test func factsComeBackAsTheyWere() throws {
        try withStore { store in
            var silent = facts
            silent.isSilent = true
            try store.store(facts, clip: clip(1))
            try store.store(silent, clip: clip(2))
            #expect(try store.audioFacts(of: [clip(1), clip(2), clip(3)]) == [clip(1): facts, clip(2): silent])
            #expect(facts.seconds == 3)
        }
    }

    @Test(arguments: ["peak = 0.2", "frames = frames + 1", "silent = 1", "clip = zeroblob(32)", "checksum = x'00'"])
    func damagedFactsAreNone(damage: String) throws {
        try withStore { store in
            try store.store(facts, clip: clip(1))
            try tamper(with: store, sql: "UPDATE audio_facts SET \(damage)")
            #expect(
                try store.audioFacts(of: [clip(1), Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? clip(1)]).isEmpty)
        }
    }

    @Test func factsThatCanBeNoAudiosAreNone() throws {
        let changes: [(inout StoredAudioFacts) -> Void] = [
            { $0.sampleRate = 0 }, { $0.sampleRate = -1 }, { $0.channels = 0 }, { $0.frames = -1 },
            { $0.clippedSamples = -1 }, { $0.peak = .infinity }, { $0.rms = .infinity },
        ]
        for (number, change) in changes.enumerated() {
            try withStore { store in
                var other = facts
                change(&other)
                try store.store(other, clip: clip(1))
                #expect(try store.audioFacts(of: [clip(1)]).isEmpty, "change \(number)")
            }
        }
    }

    @Test func storingAgainReplaces() throws {
        try withStore { store in
            var other = facts
            other.frames = 1
            try store.store(facts, clip: clip(1))
            try store.store(other, clip: clip(1))
            #expect(try store.audioFacts(of: [clip(1)]) == [clip(1): other])
        }
    }
}
