import Testing

@testable import FeatureStore

@Suite struct FeatureStoreLedgerTests {
    @Test func aFinishedStageIsRecorded() throws {
        try withStore { store in
            #expect(try store.recorded(clip(1)) == nil)
            try store.record(clip(1), stage: "clips", facts: #"{"clips":1440}"#)
            #expect(try store.recorded(clip(1)) == #"{"clips":1440}"#)
            #expect(try store.recorded(clip(2)) == nil)
        }
    }

    @Test(arguments: ["facts = 'else'", "stage = 'heads'", "checksum = x'00'"])
    func aDamagedRecordIsNone(damage: String) throws {
        try withStore { store in
            try store.record(clip(1), stage: "clips", facts: "{}")
            try tamper(with: store, sql: "UPDATE ledger SET \(damage)")
            #expect(try store.recorded(clip(1)) == nil)
        }
    }

    @Test func recordingAgainReplaces() throws {
        try withStore { store in
            try store.record(clip(1), stage: "clips", facts: "old")
            try store.record(clip(1), stage: "clips", facts: "new")
            #expect(try store.recorded(clip(1)) == "new")
        }
    }

    @Test func recordsAreFoundAmongManyKeys() throws {
        try withStore { store in
            try store.record(clip(1), stage: "train", facts: "one")
            try store.record(clip(3), stage: "train", facts: "three")
            #expect(try store.recorded(among: (1...4).map(clip)) == [clip(1): "one", clip(3): "three"])
            #expect(try store.recorded(among: []).isEmpty)
        }
    }
}
