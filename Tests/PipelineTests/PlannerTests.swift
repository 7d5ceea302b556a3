import Testing

@testable import Pipeline

@Suite struct PlannerTests {
    private let chain = """
          clips: {kind: k}
          embeddings: {kind: k, needs: clips}
          heads: {kind: k, needs: embeddings}
          report: {kind: k, needs: [embeddings, heads]}
          other: {kind: k}
        """

    @Test func stagesBehindAStaleOneWait() throws {
        let pipeline = try FakePipeline(chain)
        let plan = try pipeline.runner().plan()
        #expect(
            plan.description == """
                clips       stale   never made
                embeddings  waits   for clips
                heads       waits   for embeddings
                report      waits   for embeddings, heads
                other       stale   never made
                """)
        #expect(!plan.isFresh)
        #expect(pipeline.journal.entries == ["inputs clips", "inputs other"])
    }

    @Test func aPlanAfterARunIsFresh() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        let plan = try pipeline.runner().plan()
        #expect(plan.isFresh)
        #expect(
            plan.description == """
                clips       fresh   made
                embeddings  fresh   made
                heads       fresh   made
                report      fresh   made
                other       fresh   made
                """)
    }

    @Test func aChangedInputMakesItsStageStaleAndTheOnesBehindWait() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        pipeline.work("heads")?.input = "other weights"
        #expect(
            try pipeline.runner().plan().description == """
                clips       fresh   made
                embeddings  fresh   made
                heads       stale   changed
                report      waits   for heads
                other       fresh   made
                """)
    }

    @Test func aForcedStageIsStaleThoughItsProductIsThere() throws {
        let pipeline = try FakePipeline(chain)
        _ = try pipeline.run()
        let plan = try pipeline.runner(RunOptions(forced: ["heads"])).plan()
        #expect(plan.description.contains("heads       stale   forced\nreport      waits   for heads"))
    }

    @Test func aStageThatCannotBeLookedOverIsFailedAndItsErrorKept() throws {
        let pipeline = try FakePipeline("  a: {kind: k, unreadable: true}\n  b: {kind: k, needs: a}")
        let plan = try pipeline.runner().plan()
        #expect(plan.description == "a  failed\nb  waits   for a")
        #expect(plan.firstError as? FakeFailure == FakeFailure(stage: "a"))
    }
}
