import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct DecodedAudioTests {
    @Test func sixteenBitSamplesAreScaledByTheirFullRange() throws {
        let wav = WAVBytes([[0, 1, -1, 16_384, 32_767, -32_768]], sampleRate: 48_000)
        let audio = try decode(wav.data, name: "a.wav")
        #expect(audio.samples == [0, 0x1p-15, -0x1p-15, 0.5, 1 - 0x1p-15, -1])
        #expect(audio.facts == AudioFacts(sampleRate: 48_000, channels: 1, frames: 6, format: "WAV PCM_16"))
        #expect(audio.facts.seconds == 6.0 / 48_000)
    }

    @Test func stereoIsAveraged() throws {
        let wav = WAVBytes([[100, -7, 32_767], [50, -8, -32_768]], sampleRate: 16_000)
        let audio = try decode(wav.data, name: "a.wav")
        #expect(audio.samples == [150, -15, -1].map { $0 / 65_536 })
        #expect(audio.facts.channels == 2)
        #expect(audio.facts.frames == 3)
    }

    @Test func chunksAroundTheSamplesAreSkipped() throws {
        var wav = WAVBytes([noise(1_000)], sampleRate: 48_000)
        wav.chunksBeforeData = [WAVBytes.Chunk("FLLR", Data(count: 4_044)), WAVBytes.Chunk("odd ", Data(count: 7))]
        wav.chunksAfterData = [WAVBytes.Chunk("_PMX", Data("<?xpacket begin?>".utf8) + Data(count: 50_000))]
        #expect(try decode(wav.data, name: "a.wav").samples == floatNoise(1_000))
    }

    @Test func severalBlocksOfStereoComeOutInOrder() throws {
        let samples = noise(100_001)
        let audio = try decode(WAVBytes([samples, samples], sampleRate: 48_000).data, name: "a.wav")
        #expect(audio.samples == floatNoise(100_001))
    }

    @Test func aFileThatFillsItsBlocksExactlyIsWhole() throws {
        let audio = try decode(WAVBytes([noise(131_072)], sampleRate: 48_000).data, name: "a.wav")
        #expect(audio.samples == floatNoise(131_072))
    }

    @Test func flacIsDecodedWithoutLoss() throws {
        let audio = try decode(try Data(contentsOf: fixture("audio/noise.flac")), name: "noise.flac")
        #expect(audio.samples == floatNoise(16_000))
        #expect(audio.facts == AudioFacts(sampleRate: 16_000, channels: 1, frames: 16_000, format: "FLAC PCM_16"))
    }

    @Test func oggIsDecodedAsPythonsSoundfileDoes() throws {
        let audio = try decode(try Data(contentsOf: fixture("audio/noise.ogg")), name: "noise.ogg")
        #expect(audio.facts == AudioFacts(sampleRate: 16_000, channels: 1, frames: 16_000, format: "OGG VORBIS"))
        let everyEighth = stride(from: 0, to: audio.samples.count, by: 8).map { audio.samples[$0] }
        try expectClose(everyEighth, try fixtureFloats("audio/noise-ogg.f32"), within: 1e-5)
    }

    @Test func floatingPointSamplesBeyondFullScaleStayAsTheyAre() throws {
        let wav = WAVBytes(floats: [[0.25, -1.5, 3]], sampleRate: 16_000)
        #expect(try decode(wav.data, name: "a.wav").samples == [0.25, -1.5, 3])
    }

    @Test func aLengthThatAPipeWriterLeftOpenIsNoPromise() throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        for placeholder in [0x7FFF_F000, 0xFFFF_FFFF] {
            wav.declaredDataBytes = placeholder
            #expect(try decode(wav.data, name: "a.wav").samples == floatNoise(500))
        }
    }

    @Test func aSliceOfDataIsDecodedFromItsOwnStart() throws {
        let wav = WAVBytes([noise(500)], sampleRate: 22_050).data
        let slice = (Data(count: 33) + wav).dropFirst(33)
        #expect(try decode(slice, name: "a.wav").samples == floatNoise(500))
    }

    @Test func manyThreadsDecodeAtOnceAndKeepTheirErrorsApart() throws {
        let good = WAVBytes([noise(20_000), noise(20_000)], sampleRate: 48_000).data
        let flac = try Data(contentsOf: fixture("audio/noise.flac"))
        let inputs = [good, Data("not audio at all, not in the least".utf8), flac, Data(good.prefix(30))]
        let alone = inputs.map { outcome(of: $0) }
        DispatchQueue.concurrentPerform(iterations: 200) { index in
            #expect(outcome(of: inputs[index % 4]) == alone[index % 4])
        }
    }

    @Test func theDescriptionNamesBothLibraries() {
        #expect(decoderDescription.wholeMatch(of: /libsndfile-\d+\.\d+\.\d+\S* soxr-\d+\.\d+\.\d+\S* HQ/) != nil)
    }

    private func outcome(of bytes: Data) -> String {
        do {
            return "\(try decode(bytes, name: "clip").samples.hashValue)"
        } catch {
            return "\(error)"
        }
    }
}
