import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct AudioErrorTests {
    @Test func anEmptyFile() {
        expectDiagnosis(
            """
            the audio file is empty
              where:    a.wav
              found:    0 bytes
              expected: audio
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(Data(), name: "a.wav") }
    }

    @Test func bytesThatAreNoAudio() {
        expectDiagnosis(
            """
            cannot decode the audio
              where:    a.wav
              found:    Format not recognised
              expected: a format that libsndfile reads
              try:      play it with another program; convert it to WAV or FLAC if that works
            """, exit: .badData
        ) { try decode(Data("a text, and not a short one at that".utf8), name: "a.wav") }
    }

    @Test func anAbsurdSampleRate() {
        expectDiagnosis(
            """
            the sample rate makes no sense
              where:    a.wav
              found:    4 Hz
              expected: 1000 to 768000 Hz
            """, exit: .badData
        ) { try decode(WAVBytes([[1, 2]], sampleRate: 4).data, name: "a.wav") }
    }

    @Test func anAbsurdNumberOfChannels() {
        expectDiagnosis(
            """
            the number of channels makes no sense
              where:    a.wav
              found:    33
              expected: 1 to 32
            """, exit: .badData
        ) { try decode(WAVBytes(Array(repeating: [1], count: 33), sampleRate: 48_000).data, name: "a.wav") }
    }

    @Test func aHeaderThatPromisesMoreThanAClipHolds() throws {
        var flac = try Data(contentsOf: fixture("audio/noise.flac"))
        // The low half of byte 21 and the four after it are the number of frames.
        flac[21] |= 0x0F
        expectDiagnosis(
            """
            the audio is too long for a clip
              where:    a.flac
              found:    1118.5 hours or more
              expected: at most 24 hours
              try:      cut it into recordings of one speaker
            """, exit: .badData
        ) { try decode(flac, name: "a.flac") }
    }

    @Test func aTruncatedWAV() {
        let wav = WAVBytes([noise(1_000)], sampleRate: 48_000).data
        expectDiagnosis(
            """
            the audio file is cut short
              where:    a.wav
              found:    1492 bytes
              expected: 2036 bytes, as its header says
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(wav.prefix(1_500), name: "a.wav") }
    }

    @Test func aWAVThatLacksOneSample() {
        let wav = WAVBytes([noise(1_000)], sampleRate: 48_000).data
        expectDiagnosis(
            """
            the audio file is cut short
              where:    a.wav
              found:    1998 bytes
              expected: 2000 bytes, as its header says
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(wav.dropLast(2), name: "a.wav") }
    }

    @Test func anOggWithoutItsLastPage() throws {
        let ogg = try Data(contentsOf: fixture("audio/noise.ogg"))
        expectDiagnosis(
            """
            the audio file is cut short
              where:    a.ogg
              found:    no last page
              expected: a whole Ogg stream
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(ogg.prefix(6_000), name: "a.ogg") }
    }

    @Test func aTruncatedFLAC() throws {
        let flac = try Data(contentsOf: fixture("audio/noise.flac"))
        expectDiagnosis(
            """
            decoding stopped before the end
              where:    a.flac
              found:    8192 frames, then: flac decoder lost sync
              expected: 16000 frames, as its header says
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(flac.prefix(20_000), name: "a.flac") }
    }

    @Test func aWAVWithoutSamples() {
        expectDiagnosis(
            """
            the audio file holds no sound
              where:    a.wav
              found:    0 frames
              expected: at least one frame
              try:      copy or download the file again
            """, exit: .badData
        ) { try decode(WAVBytes([[]], sampleRate: 48_000).data, name: "a.wav") }
    }

    @Test func aSampleThatIsNotANumber() {
        expectDiagnosis(
            """
            a sample is not a number
              where:    a.wav
              found:    NaN or infinity at frame 2
              expected: finite samples
            """, exit: .badData
        ) { try decode(WAVBytes(floats: [[0, 0.5, .nan, .infinity]], sampleRate: 48_000).data, name: "a.wav") }
    }

    @Test func aSilentClip() {
        expectDiagnosis(
            """
            the clip is silent
              where:    a.wav
              found:    a peak of 0.0
              expected: samples more than 0.0001 (-80 dBFS) from their mean
              try:      record it again, or leave it out
            """, exit: .badData
        ) {
            let silence = WAVBytes([[Int16](repeating: 0, count: 9)], sampleRate: 48_000)
            try AudioStream(.memory(silence.data), name: "a.wav").forEachWindow(at: 16_000) { _ in }
        }
    }

    @Test func aFileThatTheSystemCannotRead() {
        // A directory can be opened like a file, and not be read.
        let descriptor = open("/", O_RDONLY)
        defer { close(descriptor) }
        expectDiagnosis(
            """
            cannot read the audio file
              where:    a.wav
              found:    is a directory
              try:      ls -l a.wav
            """, exit: .inputOutput
        ) { try AudioStream(.file(descriptor: descriptor, count: 100), name: "a.wav") }
    }

    @Test func aPipedWAVTooLongForItsHeader() throws {
        var wav = WAVBytes([noise(10)], sampleRate: 48_000)
        wav.declaredDataBytes = 0xFFFF_FFFF
        try withOpenFile(holding: wav.data) { descriptor in
            ftruncate(descriptor, 5 << 30)
            expectDiagnosis(
                """
                cannot decode the audio
                  where:    a.wav
                  found:    a WAV file of over 4 GiB whose header gives no length
                  expected: a format that libsndfile reads
                  try:      play it with another program; convert it to WAV or FLAC if that works
                """, exit: .badData
            ) { try AudioStream(.file(descriptor: descriptor, count: 5 << 30), name: "a.wav") }
        }
    }

    @Test func aRateThatCannotBeResampled() {
        expectDiagnosis(
            """
            cannot resample from 0 Hz to 16000 Hz
              where:    a.wav
              found:    rates must be above 0 Hz
            """, exit: .internalFault
        ) { try resample([1, 2], from: 0, to: 16_000, name: "a.wav") }
    }
}
