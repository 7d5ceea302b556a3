import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct AudioStreamTests {
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

    @Test func aFileGivesTheSamplesThatItsBytesGive() throws {
        for bytes in [
            WAVBytes([noise(100_001), noise(100_001)], sampleRate: 48_000).data,
            try Data(contentsOf: fixture("audio/noise.flac")), try Data(contentsOf: fixture("audio/noise.ogg")),
        ] {
            try withOpenFile(holding: bytes) { descriptor in
                let audio = try decode(.file(descriptor: descriptor, count: bytes.count), name: "a")
                #expect(audio.samples == (try decode(bytes, name: "a").samples))
            }
        }
    }

    @Test func aFileThatIsShortenedWhileItIsReadIsAnError() throws {
        let wav = WAVBytes([noise(100_000)], sampleRate: 48_000).data
        try withOpenFile(holding: wav) { descriptor in
            let stream = try AudioStream(.file(descriptor: descriptor, count: wav.count), name: "a.wav")
            #expect(try stream.read(1_000).count == 1_000)
            ftruncate(descriptor, 50_000)
            #expect(throws: AudioError.self) { try stream.readAll() }
        }
    }

    @Test func factsAndLooksAreThoseOfTheWholeFile() throws {
        let stream = try AudioStream(.memory(WAVBytes([noise(70_000)], sampleRate: 8_000).data), name: "a.wav")
        try stream.readAll()
        #expect(stream.facts.frames == 70_000)
        #expect(stream.check == SignalCheck(floatNoise(70_000)))
    }

    @Test(arguments: [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])
    func windowsAreCutAfterResamplingWhateverTheRate(rate: Int) throws {
        for channels in [1, 2, 8] {
            let signal = noise(61 * rate / 10)
            let wav = WAVBytes([[Int16]](repeating: signal, count: channels), sampleRate: rate)
            let stream = try AudioStream(.memory(wav.data), name: "a.wav")
            // A tenth of the encoder's rate makes each second a tenth of one.
            let found = try windows(of: stream, at: 1_600)
            #expect(found.map(\.count) == [9_760])
            let whole = try decode(wav.data, name: "a.wav").samples
            #expect(found.flatMap { $0 } == (try resample(whole, from: rate, to: 1_600)))
        }
    }

    @Test func aMinuteIsOneWindowAndMoreIsTwo() throws {
        #expect(try windowLengths(seconds: 60) == [60_000])
        #expect(try windowLengths(seconds: 61) == [30_000, 31_000])
        #expect(try windowLengths(seconds: 100) == [30_000, 30_000, 40_000])
    }

    @Test func windowsWithoutSoundAreLeftOut() throws {
        let silence = [Int16](repeating: 0, count: 30_000)
        let wav = WAVBytes([silence + noise(30_000) + silence + noise(45_000)], sampleRate: 1_000)
        let stream = try AudioStream(.memory(wav.data), name: "a.wav")
        #expect(try windows(of: stream, at: 1_000).map(\.count) == [30_000, 45_000])
        #expect(stream.facts.frames == 135_000)
    }

    @Test func aClipWhoseWindowsAreAllSilentIsSilent() throws {
        // Two levels: the clip strays from its mean, no window does from its own.
        let levels = [Int16](repeating: 100, count: 30_000) + [Int16](repeating: -100, count: 31_000)
        let stream = try AudioStream(.memory(WAVBytes([levels], sampleRate: 1_000).data), name: "a.wav")
        #expect(throws: AudioError.silent(clip: "a.wav", peak: 100 * 0x1p-15)) {
            try stream.forEachWindow(at: 1_000) { _ in Issue.record("a window without sound") }
        }
    }

    private func windowLengths(seconds: Int) throws -> [Int] {
        let wav = WAVBytes([noise(seconds * 1_000)], sampleRate: 1_000)
        return try windows(of: AudioStream(.memory(wav.data), name: "a.wav"), at: 1_000).map(\.count)
    }

    private func windows(of stream: AudioStream, at rate: Int) throws -> [[Float]] {
        var windows: [[Float]] = []
        try stream.forEachWindow(at: rate) { windows.append($0) }
        return windows
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
