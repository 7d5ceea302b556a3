import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct StageGraphTests {
    @Test func factoriesGetTheWorksOfTheNeedsInDeclaredOrder() throws {
        let file = try stageFile("name: x\nstages: {c: {kind: k, needs: [b, a]}, a: {kind: k}, b: {kind: k}}")
        let given = Journal()
        let journal = Journal()
        let graph = try StageGraph(
            file,
            factories: [
                "k": { declaration, needs in
                    let names = needs.compactMap { ($0 as? FakeWork)?.name }
                    given.write("\(declaration.name): \(names.joined(separator: " "))")
                    return try FakeWork(declaration, journal: journal)
                }
            ])
        #expect(given.entries == ["a: ", "b: ", "c: b a"])
        #expect(graph.names == ["a", "b", "c"])
    }

    @Test func unknownKindsNameTheNearest() throws {
        let file = try stageFile("name: x\nstages: {a: {kind: trian}}")
        let factory: StageFactory = { declaration, _ in try FakeWork(declaration, journal: Journal()) }
        expectDiagnosis(
            """
            unknown kind of stage 'trian'
              where:    x.yaml:2:20 (a.kind)
                        2 | stages: {a: {kind: trian}}
              expected: one of embed, train
              try:      train
            """, exit: .badData
        ) { try StageGraph(file, factories: ["train": factory, "embed": factory]) }
    }

    @Test func dependentsAreThoseThatNeedAStageDirectlyOrThroughOthers() throws {
        let graph = try FakePipeline(
            """
              a: {kind: k}
              b: {kind: k}
              c: {kind: k, needs: a}
              d: {kind: k, needs: [b, c]}
              e: {kind: k, needs: b}
            """
        ).graph
        #expect(graph.dependents(of: "a") == ["c", "d"])
        #expect(graph.dependents(of: "b") == ["d", "e"])
        #expect(graph.dependents(of: "e") == [])
    }
}
