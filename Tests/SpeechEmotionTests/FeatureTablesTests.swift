import Synchronization
import Testing

@testable import SpeechEmotion

@Suite struct FeatureTablesTests {
    @Test func aTableIsReadOnceAndLetGoAfterItsLastUse() throws {
        let reads = Mutex<[FeatureTable.Name]>([])
        let tables = FeatureTables(neededBy: [name(1), name(2), name(1)]) { name in
            reads.withLock { $0.append(name) }
            return FeatureTable(speakers: [], digests: [], width: 1, states: 1, values: [])
        }
        for layer in [1, 2, 1] { try tables.use(name(layer)) { _ in } }
        #expect(reads.withLock { $0 } == [name(1), name(2)])
        try tables.use(name(1)) { _ in }
        #expect(reads.withLock { $0 }.count == 3)
    }

    @Test func aTrainingThatNeedsItsTableNoMoreHoldsItNoLonger() throws {
        let reads = Mutex(0)
        let tables = FeatureTables(neededBy: [name(1), name(1)]) { _ in
            reads.withLock { $0 += 1 }
            return FeatureTable(speakers: [], digests: [], width: 1, states: 1, values: [])
        }
        tables.letGo(name(1))
        try tables.use(name(1)) { _ in }
        #expect(reads.withLock { $0 } == 1)
        // What was put off comes back and finds the table gone.
        try tables.use(name(1)) { _ in }
        #expect(reads.withLock { $0 } == 2)
    }

    private func name(_ layer: Int) -> FeatureTable.Name {
        FeatureTable.Name(encoder: "e", features: .layer(layer), isBySpeaker: false)
    }
}
