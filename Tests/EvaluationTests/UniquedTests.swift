import Evaluation
import Testing

@Suite struct UniquedTests {
    @Test func eachElementStaysWhereItFirstOccurs() {
        #expect(["b", "a", "b", "c", "a"].uniqued() == ["b", "a", "c"])
        #expect([Int]().uniqued().isEmpty)
    }
}
