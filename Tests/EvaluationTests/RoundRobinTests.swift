import Testing

@testable import Evaluation

@Suite struct RoundRobinTests {
    @Test func eachDealGoesOnWhereTheLastEnded() {
        var table = RoundRobin<Int>(hands: 3)
        table.deal([1, 2, 3, 4])
        table.deal([])
        table.deal([5, 6, 7])
        #expect(table.hands == [[1, 4, 7], [2, 5], [3, 6]])
    }
}
