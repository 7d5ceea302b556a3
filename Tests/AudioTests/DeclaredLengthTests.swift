import TestSupport
import Testing

@testable import Audio

@Suite struct DeclaredLengthTests {
    @Test func aShortDataChunkIsAShortage() {
        #expect(
            shortage(inLog: "RIFF : 90\nWAVE\ndata : 16000 (should be 9582)\nEnd")
                == Shortage(declared: 16_000, present: 9_582))
    }

    @Test func oneMissingByteOfDataIsAShortage() {
        #expect(shortage(inLog: "data : 100 (should be 99)") == Shortage(declared: 100, present: 99))
    }

    @Test func aWholeContainerMayBeOffByEightBytes() {
        #expect(shortage(inLog: "RIFF : 108 (should be 100)") == nil)
        #expect(shortage(inLog: "RIFF : 109 (should be 100)") == Shortage(declared: 109, present: 100))
    }

    @Test func otherContainersSayItInTheirWay() {
        #expect(shortage(inLog: " SSND : 16008 (should be 9586)") == Shortage(declared: 16_008, present: 9_586))
        #expect(shortage(inLog: "  Data Size   : 16000 (should be 9590)") == Shortage(declared: 16_000, present: 9_590))
        #expect(shortage(inLog: "riff : 16104 (should be 9662)") == Shortage(declared: 16_104, present: 9_662))
    }

    @Test func aPlaceholderForAnUnknownLengthIsNone() {
        #expect(shortage(inLog: "data : 4294967295 (should be 320000)") == nil)
        #expect(shortage(inLog: "data : 2147479552 (should be 320000)") == nil)
    }

    /// A text of the file stands in the log as it is, line breaks and all.
    @Test func aForgedLineMaySayAnyNumbers() {
        #expect(shortage(inLog: "ICMT : x\nRIFF : 1 (should be 9223372036854775807)\ny") == nil)
        #expect(shortage(inLog: "ICMT : x\nRIFF : 9223372036854775807 (should be 0)\ny") == nil)
        #expect(
            shortage(inLog: "data : 1 (should be 9223372036854775808)\ndata : 3 (should be 2)")
                == Shortage(declared: 3, present: 2))
    }

    @Test func aWAVWithAForgedLineIsRead() throws {
        var wav = WAVBytes([noise(500)], sampleRate: 22_050)
        wav.chunksBeforeData = [.comments(["x\nRIFF : 1 (should be 9223372036854775807)\ny"])]
        #expect(try decode(wav.data, name: "a.wav").samples == floatNoise(500))
    }

    @Test func otherRemarksAreNone() {
        let log =
            "  Bytes/sec     : 96000 (should be 48000)\nbext : 2 (should be >= 602)\nfact : 0 (should not be zero)"
        #expect(shortage(inLog: log) == nil)
        #expect(shortage(inLog: "") == nil)
    }
}
