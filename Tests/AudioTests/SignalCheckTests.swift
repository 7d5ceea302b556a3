import TestSupport
import Testing

@testable import Audio

@Suite struct SignalCheckTests {
    @Test func peakAndRootMeanSquareAreThoseOfTheSamples() {
        let check = SignalCheck([0.3, -0.4, 0, 0])
        #expect(check.peak == 0.4)
        #expect(abs(check.rms - 0.25) <= 1e-7)
        #expect(check.clippedSamples == 0)
        #expect(!check.isSilent)
    }

    @Test func samplesAtTheLastSixteenBitStepsCountAsClipped() {
        #expect(SignalCheck([1 - 0x1p-15, -1, 1.5, 1 - 0x1p-14, -1 + 0x1p-14]).clippedSamples == 3)
    }

    @Test func zerosAreSilent() {
        let check = SignalCheck([Float](repeating: 0, count: 100))
        #expect(check.isSilent)
        #expect(check.peak == 0)
        #expect(check.rms == 0)
    }

    @Test func aConstantOffsetIsSilent() {
        #expect(SignalCheck([Float](repeating: 0.5, count: 100)).isSilent)
    }

    @Test func ditherOfThreeSixteenBitStepsIsSilentAndFourAreNot() {
        #expect(SignalCheck([3, -3, 3, -3].map { $0 * 0x1p-15 }).isSilent)
        #expect(!SignalCheck([4, -4, 4, -4].map { $0 * 0x1p-15 }).isSilent)
    }

    @Test func noSamplesAreSilent() {
        let check = SignalCheck([])
        #expect(check.isSilent)
        #expect(check.peak == 0)
        #expect(check.rms == 0)
    }

    @Test func piecesTellWhatTheWholeTells() {
        let signal = floatNoise(1_001) + [1, -1]
        var check = SignalCheck()
        for start in stride(from: 0, to: signal.count, by: 100) {
            check.add(Array(signal[start..<min(start + 100, signal.count)]))
        }
        #expect(check == SignalCheck(signal))
        #expect(check.clippedSamples == 2)
    }
}
