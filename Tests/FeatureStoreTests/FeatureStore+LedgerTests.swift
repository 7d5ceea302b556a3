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

    @Test func recordingAgainReplaces() throws {
        try withStore { store in
            try store.record(clip(1), stage: "clips", facts: "old")
            try store.record(clip(1), stage: "clips", facts: "new")
            #expect(try store.recorded(clip(1)) == "new")
        }
    }
}
