import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunnerTests {
    private let chain = "  a: {kind: k}\n  b: {kind: k, needs: a}\n  c: {kind: k, needs: b}\n  d: {kind: k}"

    @Test func staleStagesRunInOrderAndTellWhatHappens() throws {
        let pipeline = try FakePipeline("  a: {kind: k}\n  b: {kind: k, needs: a}")
        let summary = try pipeline.run(RunOptions(jobs: 2, keepGoing: true))
        #expect(summary == RunSummary(fresh: [], ran: ["a", "b"]))
        #expect(pipeline.journal.entries == ["inputs a", "run a", "inputs b", "run b"])
        #expect(
            pipeline.events.entries == [
                "start a: never made", "finish a: made with 2, keepGoing true", "start b: never made",
                "finish b: made with 2, keepGoing true",
            ])
    }

    @Test func aSecondRunDoesNothing() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        #expect(try pipeline.run() == RunSummary(fresh: ["a", "b", "c", "d"], ran: []))
        #expect(pipeline.events.entries.suffix(4) == ["a", "b", "c", "d"].map { "fresh \($0): made" })
    }

    @Test func anInputThatChangesRunsWhatIsBehindIt() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        pipeline.work("b")?.input = "changed"
        #expect(try pipeline.run() == RunSummary(fresh: ["a", "d"], ran: ["b", "c"]))
    }

    @Test func aStageKeyedByContentMayStayFreshBehindOneThatRan() throws {
        let pipeline = try FakePipeline("  a: {kind: k}\n  b: {kind: k, needs: a, byContent: true}")
        _ = try pipeline.run()
        pipeline.work("a")?.input = "changed"
        #expect(try pipeline.run() == RunSummary(fresh: ["b"], ran: ["a"]))
    }

    @Test func aForcedStageRunsAloneWhereItsProductStaysTheSame() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        #expect(try pipeline.run(RunOptions(forced: ["b"])) == RunSummary(fresh: ["a", "c", "d"], ran: ["b"]))
        #expect(pipeline.journal.entries.contains("run b forced"))
    }

    @Test func aFailureSkipsWhatNeedsItAndNothingElse() throws {
        let pipeline = try FakePipeline(
            """
              a: {kind: k, fails: true}
              b: {kind: k, needs: a}
              c: {kind: k, needs: b}
              d: {kind: k}
              e: {kind: k, needs: [d, a], fails: true}
              f: {kind: k, fails: true, needs: d}
              g: {kind: k, needs: [c, f]}
              h: {kind: k, needs: f}
            """)
        #expect(throws: FakeFailure(stage: "a")) { try pipeline.run() }
        #expect(
            pipeline.events.entries == [
                "start a: never made", "fail a: FakeFailure(stage: \"a\")", "skip b, c, e, g because of a",
                "start d: never made", "finish d: made with 1, keepGoing false", "start f: never made",
                "fail f: FakeFailure(stage: \"f\")", "skip h because of f",
            ])
    }

    @Test func aStageThatCannotBeLookedOverFailsInTheRunToo() throws {
        let pipeline = try FakePipeline("  a: {kind: k}\n  b: {kind: k, needs: a, unreadable: true}\n  c: {kind: k}")
        #expect(throws: FakeFailure(stage: "b")) { try pipeline.run() }
        #expect(pipeline.journal.entries == ["inputs a", "inputs c", "run a", "inputs b", "run c"])
    }

    @Test func aRunAfterAFailureTakesUpWhereItStopped() throws {
        let pipeline = try FakePipeline(
            "  a: {kind: k}\n  b: {kind: k, needs: a, fails: true}\n  c: {kind: k, needs: b}")
        #expect(throws: FakeFailure(stage: "b")) { try pipeline.run() }
        pipeline.work("b")?.fails = false
        #expect(try pipeline.run() == RunSummary(fresh: ["a"], ran: ["b", "c"]))
    }

    @Test func anUnknownForcedStageNamesTheNearest() throws {
        let pipeline = try FakePipeline("  heads: {kind: k}\n  report: {kind: k, needs: heads}")
        expectDiagnosis(
            """
            no stage to force
              where:    --force head
              found:    head
              expected: one of heads, report
              try:      --force heads
            """, exit: .usage
        ) { try pipeline.runner(RunOptions(forced: ["head"])) }
    }

    /// Random graphs of fake stages, some of which fail: who runs, who is skipped, and that a second run does the rest.
    @Test func randomRunsSkipExactlyTheDependentsOfFailures() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let count = 1 + random.below(8)
            let needs = (0..<count).map { stage in (0..<stage).filter { _ in random.below(4) == 0 } }
            let fails = (0..<count).map { _ in random.below(5) == 0 }
            try expectRun(of: needs, fails)
        }
    }

    private func expectRun(of needs: [[Int]], _ fails: [Bool]) throws {
        let stages = needs.indices.map { stage in
            let names = needs[stage].map { "s\($0)" }.joined(separator: ", ")
            return "  s\(stage): {kind: k, x: \(stage), needs: [\(names)], fails: \(fails[stage])}"
        }
        let pipeline = try FakePipeline(stages.joined(separator: "\n"))
        var blocked: [Bool] = []
        for stage in needs.indices { blocked.append(needs[stage].contains { blocked[$0] || fails[$0] }) }
        let running = needs.indices.filter { !blocked[$0] }
        let firstFailure = running.first { fails[$0] }
        if let firstFailure {
            #expect(throws: FakeFailure(stage: "s\(firstFailure)")) { try pipeline.run() }
        } else {
            _ = try pipeline.run()
        }
        let ran = pipeline.journal.entries.filter { $0.hasPrefix("run") }
        #expect(ran == running.map { "run s\($0)" })
        for stage in needs.indices { pipeline.work("s\(stage)")?.fails = false }
        let again = try pipeline.run()
        #expect(again.fresh == running.filter { !fails[$0] }.map { "s\($0)" })
        #expect(again.ran == needs.indices.filter { blocked[$0] || fails[$0] }.map { "s\($0)" })
    }
}
