import Foundation
import TestSupport
import Testing

@testable import Audio

/// A header with more text than libsndfile's log has room for hides what the log says of the samples.
@Suite struct DataChunkTests {
    /// 500 samples behind so much text.
    private let wav = {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.chunksBeforeData = [.comments(Array(repeating: String(repeating: "a", count: 301), count: 8))]
        return wav
    }()

    @Test func theChunkIsFoundBehindOthers() throws {
        let bytes = wav.data
        let found = try DataChunk(in: .memory(bytes), name: "a.wav")
        #expect(
            found == DataChunk(start: bytes.count - 1_000, declared: 1_000, present: 1_000, declaredEnd: bytes.count))
        #expect(found?.isOfUnknownLength == false && found?.shortage == nil)
        let short = try DataChunk(in: .memory(bytes.dropLast(2)), name: "a.wav")
        #expect(short?.shortage == Shortage(declared: 1_000, present: 998))
    }

    @Test func longTextsHideNoSamples() throws {
        #expect(try decode(wav.data, name: "a.wav").samples == floatNoise(500))
        var followed = wav
        followed.chunksAfterData = wav.chunksBeforeData
        #expect(try decode(followed.data, name: "a.wav").samples == floatNoise(500))
    }

    @Test func aLengthThatIsUnknownIsThatOfTheRest() throws {
        var piped = wav
        for (whole, samples) in [(0xFFFF_FFFF as UInt32, 0xFFFF_FFFF), (0, 0)] {
            piped.declaredDataBytes = samples
            #expect(try decode(piped.data(declaring: whole), name: "a.wav").samples == floatNoise(500))
        }
    }

    @Test(arguments: [2, 6, 400]) func longTextsHideNoShortage(_ missing: Int) {
        // What the first header says of the whole is noted before any text: a writer to a pipe leaves that unknown.
        expectDiagnosis(
            """
            the audio file is cut short
              where:    a.wav
              found:    \(1_000 - missing) bytes
              expected: 1000 bytes, as its header says
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(wav.data(declaring: 0xFFFF_FFFF).dropLast(missing), name: "a.wav") }
    }

    @Test func aWholeThatIsAFewBytesShortIsRefusedToo() {
        #expect(throws: AudioError.cutShort(clip: "a.wav", declaredBytes: 1_000, presentBytes: 994)) {
            try decode(wav.data.dropLast(6), name: "a.wav")
        }
    }

    @Test func anotherContainerWithLongTextsIsRefused() throws {
        let aiff = try Data(contentsOf: fixture("fuzz/seeds/audio/tone.aiff"))
        #expect(try decode(aiff, name: "a.aiff").samples.count == 1_000)
        #expect(try decode(Self.annotated(aiff, times: 1), name: "a.aiff").samples.count == 1_000)
        expectDiagnosis(
            """
            cannot decode the audio
              where:    a.aiff
              found:    its header is longer than can be checked
              expected: a format that libsndfile reads
              try:      play it with another program; convert it to WAV or FLAC if that works
            """, exit: .badData
        ) { try decode(Self.annotated(aiff, times: 6), name: "a.aiff") }
    }

    /// An AIFF file with texts of 400 bytes before its other chunks.
    private static func annotated(_ aiff: Data, times: Int) -> Data {
        let text = Data("ANNO".utf8) + bigEndian(400) + Data(repeating: UInt8(ascii: "a"), count: 400)
        let rest = (0..<times).reduce(Data("AIFF".utf8)) { rest, _ in rest + text } + aiff.dropFirst(12)
        return Data("FORM".utf8) + bigEndian(UInt32(rest.count)) + rest
    }

    private static func bigEndian(_ number: UInt32) -> Data { withUnsafeBytes(of: number.bigEndian) { Data($0) } }
}
