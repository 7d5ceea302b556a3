import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct ResamplerTests {
    @Test(arguments: [8_000, 22_050, 44_100, 48_000])
    func followsPythonsSoxr(rate: Int) throws {
        let resampled = try resample(floatNoise(rate / 10), from: rate, to: 16_000)
        try expectClose(resampled, try fixtureFloats("audio/resampled-\(rate).f32"), within: 1e-5)
    }

    @Test func aSignalOfSeveralPiecesFollowsPythonsSoxr() throws {
        let resampled = try resample(floatNoise(24_800), from: 8_000, to: 16_000)
        #expect(resampled.count == 49_600)
        let everySixteenth = stride(from: 0, to: resampled.count, by: 16).map { resampled[$0] }
        try expectClose(everySixteenth, try fixtureFloats("audio/resampled-long.f32"), within: 1e-5)
    }

    @Test func theSameRateReturnsTheInput() throws {
        #expect(try resample([0.1, -0.2, 0.3], from: 16_000, to: 16_000) == [0.1, -0.2, 0.3])
    }

    @Test func nothingStaysNothing() throws {
        #expect(try resample([], from: 48_000, to: 16_000).isEmpty)
    }

    @Test func oneSampleGivesTheLengthThatItsDurationAsksFor() throws {
        #expect(try resample([0.5], from: 8_000, to: 16_000).count == 2)
        #expect(try resample([0.5], from: 48_000, to: 16_000).count <= 1)
    }

    @Test func theSameInputGivesTheSameBitsInEveryThread() throws {
        let input = floatNoise(20_000)
        let alone = try resample(input, from: 22_050, to: 16_000)
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            #expect((try? resample(input, from: 22_050, to: 16_000)) == alone)
        }
    }
}
