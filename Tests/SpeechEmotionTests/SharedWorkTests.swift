import FeatureStore
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SharedWorkTests {
    @Test func itemsThatNobodyElseHasAreAllDone() throws {
        try withStore { store in
            let done = Mutex<[Int]>([])
            try work(store).run(Array(0..<50), on: 3, makeTool: {}) { item, _ in done.withLock { $0.append(item) } }
            #expect(done.withLock { $0.sorted() } == Array(0..<50))
        }
    }

    @Test func whatIsDoneByTheTimeItIsClaimedIsPassedOver() throws {
        try withStore { store in
            let done = Mutex<[Int]>([])
            try work(store, isDone: { $0 % 2 == 0 }).run(Array(0..<6), on: 1, makeTool: {}) { item, _ in
                done.withLock { $0.append(item) }
            }
            #expect(done.withLock { $0 } == [1, 3, 5])
        }
    }

    @Test func anItemThatAnotherHasIsPutOffAndDoneHereIfTheOtherDoesNot() throws {
        try withStore { store in
            let other = Mutex(store.claim(key(1)))
            let done = Mutex<[Int]>([])
            let putOff = Mutex<[Int]>([])
            var work = work(store)
            work.putOff = { item in putOff.withLock { $0.append(item) } }
            try work.run([1, 2, 3], on: 1, makeTool: {}) { item, _ in
                done.withLock { $0.append(item) }
                if item == 3 { other.withLock { $0 = nil } }
            }
            #expect(done.withLock { $0 } == [2, 3, 1])
            #expect(putOff.withLock { $0 } == [1])
        }
    }

    @Test func anItemThatAnotherHasDoneMeanwhileIsNotDoneAgain() throws {
        try withStore { store in
            let other = Mutex(store.claim(key(1)))
            let done = Mutex<[Int]>([])
            let isOneDone = Atomic(false)
            let work = work(store, isDone: { $0 == 1 && isOneDone.load(ordering: .relaxed) })
            try work.run([1, 2], on: 1, makeTool: {}) { item, _ in
                done.withLock { $0.append(item) }
                isOneDone.store(true, ordering: .relaxed)
                other.withLock { $0 = nil }
            }
            #expect(done.withLock { $0 } == [2])
        }
    }

    @Test func twoWorkersOfOneProcessDoNotDoOnePieceAtOnce() throws {
        try withStore { store in
            let under = Mutex(0)
            let most = Mutex(0)
            let work = SharedWork<Int>(claim: { _ in store.claim(key(0)) }, isDone: { _ in false }, waits: { _ in })
            try work.run(Array(0..<8), on: 4, makeTool: {}) { _, _ in
                let now = under.withLock {
                    $0 += 1; return $0
                }
                most.withLock { $0 = max($0, now) }
                usleep(1000)
                under.withLock { $0 -= 1 }
            }
            #expect(most.withLock { $0 } == 1)
        }
    }

    @Test func noMoreIsClaimedAtOnceThanThereAreWorkers() throws {
        try withStore { store in
            let others = Mutex((1...40).map { store.claim(key($0)) })
            let claims = Mutex<[Held]>([])
            let most = Mutex(0)
            let work = SharedWork<Int>(
                claim: { item in
                    let claim = store.claim(key(item))
                    claims.withLock { $0.append(Held(claim: claim)) }
                    return claim
                }, isDone: { $0 % 2 == 0 }, waits: { _ in })
            try work.run(Array(1...40) + [41], on: 2, makeTool: {}) { item, _ in
                if item == 41 { others.withLock { $0 = [] } }
                let now = claims.withLock { $0.count { $0.claim != nil } }
                most.withLock { $0 = max($0, now) }
            }
            #expect((1...2).contains(most.withLock { $0 }))
        }
    }

    /// A claim, as long as it is held.
    private struct Held { weak var claim: Claim? }

    @Test func anErrorEndsTheWork() throws {
        struct Stop: Error {}
        try withStore { store in
            #expect(throws: Stop.self) { try work(store).run([1], on: 1, makeTool: {}) { _, _ in throw Stop() } }
            #expect(store.claim(key(1)) != nil)
        }
    }

    private func work(
        _ store: FeatureStore, isDone: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) -> SharedWork<Int> {
        SharedWork(claim: { store.claim(key($0)) }, isDone: isDone, waits: { _ in })
    }
}

private func key(_ item: Int) -> Digest { Digest.of(["item", "\(item)"]) }

private func withStore(_ body: (FeatureStore) throws -> Void) throws {
    try withTemporaryDirectory { try body(FeatureStore(at: $0.appendingPathComponent("features.sqlite"))) }
}
