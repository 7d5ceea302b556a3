import Kernels
import Testing

@Suite struct PeakRateTests {
    /// A thousandth of what any processor does since 2013: the count of operations is not off by a factor of rounds.
    @Test(arguments: Precision.allCases) func thePeakIsMoreThanNothing(_ precision: Precision) {
        guard precision.isAvailable, let peak = measuredPeak(at: precision, seconds: 0.01) else { return }
        #expect(peak > 1e7 && peak < 1e14)
    }
}
