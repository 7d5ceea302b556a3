import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct OverrideTests {
    private func expectUsage(
        _ message: String, _ override: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(message, exit: .usage, sourceLocation: sourceLocation) {
            try stageFile(sampleStageFile, overrides: [override])
        }
    }

    private func heads(_ overrides: String...) throws -> ParameterReader {
        try reader("epochs: 10\noptimizer: {learningRate: 1e-4}\nhead:", overrides: overrides)
    }

    @Test func aValueIsReplaced() throws {
        #expect(try heads("heads.epochs=3").required("epochs", .wholeNumber) == 3)
        #expect(try heads("heads.epochs=3", "heads.epochs=4").required("epochs", .wholeNumber) == 4)
        let optimizer = try heads("heads.optimizer.learningRate=0.5").mapping("optimizer")
        #expect(try optimizer.required("learningRate", .number) == 0.5)
    }

    @Test func theValueIsYAML() throws {
        #expect(try heads("heads.seed=[0, 1]").required("seed", .list(of: .wholeNumber)) == [0, 1])
        #expect(try heads("heads.title='a=b'").required("title", .text) == "a=b")
        #expect(try heads("heads.optimizer={beta1: 0.9}").mapping("optimizer").required("beta1", .number) == 0.9)
        #expect(try heads("heads.epochs=").optional("epochs", .wholeNumber) == nil)
    }

    @Test func keysThatTheFileLeavesOutMayBeSet() throws {
        #expect(try heads("heads.batch=8").required("batch", .wholeNumber) == 8)
        #expect(try heads("heads.head.hidden=8").mapping("head").required("hidden", .wholeNumber) == 8)
        #expect(try heads("heads.a.b.c=8").mapping("a").mapping("b").required("c", .wholeNumber) == 8)
    }

    @Test func kindNeedsAndNameMayBeSet() throws {
        let file = try stageFile(sampleStageFile, overrides: ["name=other", "report.needs=heads", "report.kind=csv"])
        #expect(file.name == "other")
        #expect(file.declarations.last?.needs == ["heads"])
        #expect(file.declarations.last?.kind == "csv")
    }

    @Test func oneUseOfAnAnchorIsSetWithoutTheOthers() throws {
        let file = try stageFile(sampleStageFile, overrides: ["wide-heads.epochs=3"])
        let epochs = try file.declarations.filter { $0.kind == "train" }.map {
            try $0.parameters.reader().required("epochs", .wholeNumber)
        }
        #expect(epochs == [10, 3])
    }

    @Test(arguments: ["heads.epochs", "", "=3", "heads..epochs=3", ".epochs=3", "heads.=3"])
    func whatIsNoPathAndValueIsRefused(_ text: String) {
        expectUsage(
            """
            not a setting
              where:    --set \(text)
              expected: STAGE.KEY=VALUE, such as heads.epochs=3
            """, text)
    }

    @Test func pathsAreNotEndless() {
        let text = "heads" + String(repeating: ".a", count: 60_000) + "=1"
        #expect(throws: PipelineError.malformedOverride(text)) { try stageFile(sampleStageFile, overrides: [text]) }
    }

    @Test func unknownStagesNameTheNearest() {
        expectUsage(
            """
            the setting leads to no stage
              where:    --set head.epochs=3
              found:    head
              expected: one of clips, embeddings, heads, wide-heads, report, name
              try:      heads
            """, "head.epochs=3")
    }

    @Test func aStageAsAWholeCannotBeSet() {
        expectUsage(
            """
            the setting names a stage but none of its keys
              where:    --set heads=3
              expected: heads.KEY=VALUE
            """, "heads=3")
    }

    @Test func pathsDoNotLeadIntoScalarsAndLists() {
        expectUsage(
            """
            the setting leads to 'x' inside a value
              where:    --set heads.epochs.x=3
              found:    10 (a whole number)
              expected: a mapping at heads.epochs
              try:      set heads.epochs as a whole
            """, "heads.epochs.x=3")
        expectUsage(
            """
            the setting leads to '0' inside a value
              where:    --set heads.seed.0=3
              found:    a list of 3
              expected: a mapping at heads.seed
              try:      set heads.seed as a whole
            """, "heads.seed.0=3")
    }

    @Test func theFilesOwnFaultsAreNotBlamedOnTheSetting() {
        expectDiagnosis(
            """
            the setting leads to no stage
              where:    --set heads.epochs=3
              found:    heads
              expected: name
            """, exit: .usage
        ) { try stageFile("name: x", overrides: ["heads.epochs=3"]) }
    }

    @Test func valuesThatAreNoYAMLAreRefused() {
        expectUsage(
            """
            not valid YAML: did not find expected ',' or ']' while parsing a flow sequence from line 1
              where:    --set heads.seed=[0, 1
            """, "heads.seed=[0, 1")
    }

    @Test func wrongTypesAndUnknownKeysPointAtTheSetting() throws {
        expectDiagnosis(
            """
            wrong value for 'learningRate'
              where:    --set heads.optimizer={learningRate: ten} (heads.optimizer.learningRate)
              found:    "ten" (text)
              expected: a finite number
            """, exit: .usage
        ) { try heads("heads.optimizer={learningRate: ten}").mapping("optimizer").required("learningRate", .number) }
        expectDiagnosis(
            """
            unknown key 'epoch'
              where:    --set heads.epoch=3 (heads.epoch)
              expected: one of epochs, optimizer, head, kind, needs
              try:      epochs
            """, exit: .usage
        ) {
            let reader = try heads("heads.epoch=3")
            _ = try reader.required("epochs", .wholeNumber)
            _ = try reader.mapping("optimizer")
            _ = try reader.optionalMapping("head")
            return try reader.finish()
        }
    }
}
