import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct StageDeclarationTests {
    private func expectError(_ message: String, _ stages: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expectDiagnosis(message, exit: .badData, sourceLocation: sourceLocation) {
            try stageFile("name: x\nstages:\n  \(stages)")
        }
    }

    @Test(arguments: ["", "needs: []", "needs: ~", "needs:"]) func needsMayBeNone(_ needs: String) throws {
        #expect(try stageFile("name: x\nstages:\n  a:\n    kind: k\n    \(needs)").declarations[0].needs == [])
    }

    @Test func kindAndNeedsAreNotAmongTheParameters() throws {
        let stage = try stageFile("name: x\nstages: {b: {kind: k, a: 1, needs: a}, a: {kind: k}}").declarations[1]
        #expect(stage.parameters.reader().keys == ["a"])
    }

    @Test func namesMustFitPaths() {
        expectError(
            """
            wrong name of a stage
              where:    x.yaml:3:3 (a.b)
                        3 |   a.b: {kind: k}
              found:    "a.b"
              expected: a letter, then letters, digits, '_' and '-'
            """, "a.b: {kind: k}")
    }

    @Test func aStageIsAMappingWithAKind() {
        expectError(
            """
            wrong value for 'a'
              where:    x.yaml:3:6 (a)
                        3 |   a: train
              found:    "train" (text)
              expected: a mapping with the key 'kind'
            """, "a: train")
        expectError(
            """
            missing key 'kind'
              where:    x.yaml:3:3 (a)
                        3 |   a: {knd: k}
              expected: text
              try:      rename 'knd' to 'kind'
            """, "a: {knd: k}")
    }

    @Test func needsAreNames() {
        expectError(
            """
            wrong value for 'needs[1]'
              where:    x.yaml:3:27 (a.needs[1])
                        3 |   a: {kind: k, needs: [b, 3]}
              found:    3 (a whole number)
              expected: the name of a stage
              try:      put it in quotes: "3"
            """,
            "a: {kind: k, needs: [b, 3]}")
    }
}
