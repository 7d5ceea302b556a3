import Foundation
import Testing

@testable import FeatureStore

@Suite struct OrderedResultsTests {
    @Test func everyIndexIsTakenOnceAndResultsKeepTheirPlaces() throws {
        let results = OrderedResults<Int>(count: 1_000)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            while let index = results.nextIndex() { results.finish(index, .success(index * index)) }
        }
        #expect(try results.all.map { try $0.get() } == (0..<1_000).map { $0 * $0 })
    }

    @Test func noneIsFine() {
        let results = OrderedResults<Int>(count: 0)
        #expect(results.nextIndex() == nil)
        #expect(results.all.isEmpty)
    }
}
