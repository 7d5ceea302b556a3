import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct HeaderPatchTests {
    /// Lengths of the whole and of the samples as writers to pipes leave them: ffmpeg, sox, espeak-ng, and others.
    static let unknown: [(whole: UInt32, samples: Int)] = [
        (0xFFFF_FFFF, 0xFFFF_FFFF), (0x7FFF_F024, 0x7FFF_F000), (0x7FFF_FFFF, 0x7FFF_FFDB), (0, 0), (8, 0), (36, 0),
        (0xFFFF_FFFF, 0), (0, 0xFFFF_FFFF),
    ]

    @Test(arguments: unknown) func anUnknownLengthIsThatOfTheRest(whole: UInt32, samples: Int) throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.declaredDataBytes = samples
        let bytes = wav.data(declaring: whole)
        #expect(try patch(bytes) == HeaderPatch(offset: 40, length: 1_000))
        #expect(try decode(bytes, name: "a.wav").samples == floatNoise(500))
    }

    @Test func chunksBeforeTheSamplesAreSkipped() throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.chunksBeforeData = [WAVBytes.Chunk("LIST", Data(count: 27)), WAVBytes.Chunk("fact", Data(count: 4))]
        wav.declaredDataBytes = 0
        #expect(try patch(wav.data(declaring: 0)) == HeaderPatch(offset: 40 + 36 + 12, length: 1_000))
    }

    @Test func aLengthThatIsKnownStays() throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.chunksAfterData = [WAVBytes.Chunk("LIST", Data(count: 30))]
        #expect(try patch(wav.data) == nil)
        var empty = WAVBytes([[]], sampleRate: 22_050)
        empty.chunksAfterData = wav.chunksAfterData
        #expect(try patch(empty.data) == nil)
    }

    @Test func aHeaderWithoutSamplesStaysEmpty() throws {
        #expect(try patch(WAVBytes([[]], sampleRate: 22_050).data(declaring: 0)) == nil)
    }

    @Test func chunksWithoutEndAreRefused() throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.chunksBeforeData = Array(
            repeating: WAVBytes.Chunk("LIST", Data()), count: DataChunk.mostChunks - 2)
        #expect(try patch(wav.data) == nil)
        wav.chunksBeforeData += wav.chunksBeforeData.prefix(1)
        expectDiagnosis(
            """
            cannot decode the audio
              where:    a.wav
              found:    more than 10000 chunks before the samples
              expected: a format that libsndfile reads
              try:      play it with another program; convert it to WAV or FLAC if that works
            """, exit: .badData
        ) { try patch(wav.data) }
    }

    @Test func otherFilesStayAsTheyAre() throws {
        #expect(try patch(Data()) == nil)
        #expect(try patch(Data("RIFF".utf8)) == nil)
        #expect(try patch(Data("RIFF0000AVI data0000 and more".utf8)) == nil)
        #expect(try patch(try Data(contentsOf: fixture("audio/noise.flac"))) == nil)
    }

    private func patch(_ bytes: Data) throws -> HeaderPatch? { try HeaderPatch(.memory(bytes), name: "a.wav") }
}
