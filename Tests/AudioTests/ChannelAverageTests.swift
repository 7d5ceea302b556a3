import TestSupport
import Testing

@testable import Audio

@Suite struct ChannelAverageTests {
    @Test func threeChannelsAreRoundedAsNumpyRounds() throws {
        var averages: [Float] = []
        let block = floatNoise(300).map { $0 * 0.1 }
        appendChannelAverages(of: block, frames: 100, channels: 3, to: &averages)
        #expect(averages == (try fixtureFloats("audio/mean-3.f32")))
    }

    @Test func oneChannelIsCopied() {
        var averages: [Float] = [9]
        appendChannelAverages(of: [1, 2, 3, 4], frames: 3, channels: 1, to: &averages)
        #expect(averages == [9, 1, 2, 3])
    }

    @Test func noFramesAddNothing() {
        var averages: [Float] = []
        appendChannelAverages(of: [1, 2], frames: 0, channels: 2, to: &averages)
        appendChannelAverages(of: [1, 2], frames: 0, channels: 1, to: &averages)
        #expect(averages.isEmpty)
    }
}
