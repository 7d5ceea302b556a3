import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct StageOrderTests {
    private func order(_ needs: [(String, [String])]) throws -> [String] {
        let stages = needs.map { "  \($0): {kind: k, needs: [\($1.joined(separator: ", "))]}\n" }
        return try stageFile("name: x\nstages:\n" + stages.joined()).declarations.map(\.name)
    }

    private func expectError(
        _ message: String, _ needs: [(String, [String])], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(message, exit: .badData, sourceLocation: sourceLocation) { try order(needs) }
    }

    @Test func aFileInOrderKeepsItsOrder() throws {
        #expect(try order([("a", []), ("c", []), ("b", ["a"]), ("d", ["c", "b"])]) == ["a", "c", "b", "d"])
    }

    @Test func aStageComesAsSoonAsItsNeedsAndItsPlaceAllow() throws {
        #expect(try order([("z", ["y"]), ("x", []), ("y", []), ("w", ["z"])]) == ["x", "y", "z", "w"])
    }

    @Test func unknownNeedsNameTheNearestStage() {
        expectError(
            """
            stage 'b' needs a stage that is not there
              where:    x.yaml:4:24 (b.needs[0])
                        4 |   b: {kind: k, needs: [clip]}
              found:    clip
              expected: one of clips
              try:      clips
            """, [("clips", []), ("b", ["clip"])])
        expectError(
            """
            stage 'b' needs a stage that is not there
              where:    x.yaml:3:24 (b.needs[0])
                        3 |   b: {kind: k, needs: [clip]}
              found:    clip
              expected: no need; it is the only stage
            """, [("b", ["clip"])])
    }

    @Test func selfNeedsAndRepeatedNeedsAreErrors() {
        expectError(
            """
            stage 'a' needs itself
              where:    x.yaml:3:24 (a.needs[0])
                        3 |   a: {kind: k, needs: [a]}
            """, [("a", ["a"])])
        expectError(
            """
            stage 'a' is needed twice
              where:    x.yaml:4:27 (b.needs[1])
                        4 |   b: {kind: k, needs: [a, a]}
              try:      name it once
            """, [("a", []), ("b", ["a", "a"])])
    }

    @Test func aCycleIsSpelledOut() {
        expectError(
            """
            stages need each other in a circle
              where:    x.yaml:4:24 (b.needs[0])
                        4 |   b: {kind: k, needs: [d]}
              found:    b -> d -> c -> b
              expected: an order in which they can run
            """, [("a", ["b"]), ("b", ["d"]), ("c", ["b"]), ("d", ["c"])])
    }

    /// Random graphs, with and without cycles, against a plain search over the file.
    @Test func randomGraphsAreOrderedAsAPlainSearchOrdersThem() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<2_000 {
            let needs = randomNeeds(&random)
            let expected = plainOrder(needs)
            do {
                let found = try order(needs)
                #expect(found == expected)
            } catch PipelineError.cycle(_, let cycle) {
                #expect(expected == nil)
                expectIsCycle(cycle, of: needs)
            }
        }
    }

    private func randomNeeds(_ random: inout SplitMix64) -> [(String, [String])] {
        let count = 1 + random.below(9)
        let density = 1 + random.below(6)
        let isAcyclic = random.below(2) == 0
        var ranks = Array(0..<count)
        for index in ranks.indices.reversed() { ranks.swapAt(index, random.below(index + 1)) }
        return (0..<count).map { stage in
            let candidates = (0..<count).filter { $0 != stage && (!isAcyclic || ranks[$0] < ranks[stage]) }
            return ("s\(stage)", candidates.filter { _ in random.below(8) < density }.map { "s\($0)" })
        }
    }

    /// The next stage is always the first in the file whose needs are placed; nil where none is left to place.
    private func plainOrder(_ needs: [(String, [String])]) -> [String]? {
        var placed: [String] = []
        while placed.count < needs.count {
            let next = needs.first { !placed.contains($0.0) && $0.1.allSatisfy(placed.contains) }
            guard let next else { return nil }
            placed.append(next.0)
        }
        return placed
    }

    private func expectIsCycle(_ cycle: [String], of needs: [(String, [String])]) {
        let byName = Dictionary(uniqueKeysWithValues: needs)
        #expect(cycle.count >= 3 && cycle.first == cycle.last)
        #expect(Set(cycle).count == cycle.count - 1)
        for (stage, need) in zip(cycle, cycle.dropFirst()) { #expect(byName[stage]?.contains(need) == true) }
    }
}
