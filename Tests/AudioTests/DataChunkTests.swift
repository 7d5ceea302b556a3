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

    /// Kinds of files whose chunks are walked as WAV's, with texts and 500 samples.
    private static let others: [(kind: ChunkedContainer, bytes: Data)] = {
        let comment = pack("ICMT", Data(repeating: UInt8(ascii: "a"), count: 300), false)
        let texts = Data("INFO".utf8) + (0..<8).reduce(Data()) { texts, _ in texts + comment }
        let swapped = pack("ICMT", Data(repeating: UInt8(ascii: "a"), count: 300), true)
        let swappedTexts = Data("INFO".utf8) + (0..<8).reduce(Data()) { texts, _ in texts + swapped }
        let format: [UInt8] = [1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0]
        let swappedFormat: [UInt8] = [0, 1, 0, 1, 0, 0, 0x3E, 0x80, 0, 0, 0x7D, 0, 0, 2, 0, 16]
        let sizes = [2_000, 1_000, 500].reduce(Data()) {
            $0 + pack("", Data(), false, declared: $1).suffix(4) + Data(count: 4)
        }
        let samples = Data(count: 1_000)
        let rf64 =
            pack("ds64", sizes + Data(count: 4), false) + pack("fmt ", Data(format), false)
            + pack("LIST", texts, false) + pack("data", samples, false, declared: 0xFFFF_FFFF)
        let rifx =
            pack("fmt ", Data(swappedFormat), true) + pack("LIST", swappedTexts, true) + pack("data", samples, true)
        let common: [UInt8] = [0, 1, 0, 0, 1, 0xF4, 0, 16, 0x40, 0x0C, 0xFA, 0, 0, 0, 0, 0, 0, 0]
        let note = pack("ANNO", Data(repeating: UInt8(ascii: "a"), count: 400), true)
        let aiff =
            pack("COMM", Data(common), true) + (0..<6).reduce(Data()) { notes, _ in notes + note }
            + pack("SSND", Data(count: 8) + samples, true)
        return [
            (.rf64, Data("RF64".utf8) + Data([0xFF, 0xFF, 0xFF, 0xFF]) + Data("WAVE".utf8) + rf64),
            (.rifx, pack("RIFX", Data("WAVE".utf8) + rifx, true)),
            (.aiff, pack("FORM", Data("AIFF".utf8) + aiff, true)),
        ]
    }()

    @Test func otherChunksAreWalkedToo() throws {
        for (kind, bytes) in Self.others {
            #expect(try decode(bytes, name: "a.\(kind)").samples.count == 500, "\(kind)")
            #expect(try DataChunk(in: .memory(bytes), name: "a") == nil, "\(kind)")
            let extra = kind == .aiff ? 8 : 0
            let short = try DataChunk(in: .memory(bytes.dropLast(6)), name: "a", of: [kind])
            #expect(short?.shortage == Shortage(declared: 1_000 + extra, present: 994 + extra), "\(kind)")
            #expect(throws: AudioError.self, "\(kind)") { try decode(bytes.dropLast(6), name: "a.\(kind)") }
        }
    }

    @Test func anotherContainerWithLongTextsIsRefused() throws {
        #expect(try decode(Self.caf(texts: 1), name: "a.caf").samples.count == 500)
        expectDiagnosis(
            """
            cannot decode the audio
              where:    a.caf
              found:    its header is longer than can be checked
              expected: a format that libsndfile reads
              try:      play it with another program; convert it to WAV or FLAC if that works
            """, exit: .badData
        ) { try decode(Self.caf(texts: 12), name: "a.caf") }
    }

    /// A CAF file of 500 samples with texts of 200 bytes; its lengths are of eight bytes.
    private static func caf(texts: Int) -> Data {
        func chunk(_ name: String, _ content: Data) -> Data {
            Data(name.utf8) + Data(count: 4) + pack("", Data(), true, declared: content.count).suffix(4) + content
        }
        let format: [UInt8] = [
            0x40, 0xCF, 0x40, 0, 0, 0, 0, 0, 0x6C, 0x70, 0x63, 0x6D, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0,
            0, 0,
            16,
        ]
        let text = (0..<texts).reduce(Data([0, 0, 0, UInt8(texts)])) { info, number in
            info + Data("key\(number)".utf8) + [0] + Data(repeating: UInt8(ascii: "a"), count: 200) + [0]
        }
        return Data("caff".utf8) + Data([0, 1, 0, 0]) + chunk("desc", Data(format)) + chunk("info", text)
            + chunk("data", Data(count: 4) + Data(count: 1_000))
    }

    /// A chunk's name, its length, and what it holds.
    private static func pack(_ name: String, _ content: Data, _ isBigEndian: Bool, declared: Int? = nil) -> Data {
        let length = UInt32(declared ?? content.count)
        let bytes = withUnsafeBytes(of: isBigEndian ? length.bigEndian : length.littleEndian) { Data($0) }
        return Data(name.utf8) + bytes + content
    }
}
