import Testing

@testable import Evaluation

@Suite struct IntervalTests {
    @Test func endsInterpolateLinearlyAsNumPyDoes() {
        // numpy.percentile([4, 1, 3, 2], [2.5, 97.5])
        let interval = Interval(holding: 0.95, of: [4, 1, 3, 2])
        #expect(abs(interval.low - 1.075) <= 1e-12)
        #expect(abs(interval.high - 3.925) <= 1e-12)
    }

    @Test func oneValueIsBothEnds() {
        #expect(Interval(holding: 0.95, of: [0.25]) == Interval(low: 0.25, high: 0.25))
    }
}
