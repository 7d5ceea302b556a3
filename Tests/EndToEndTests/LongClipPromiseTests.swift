import Foundation
import TestSupport
import Testing

@Suite struct LongClipPromiseTests {
    @Test func theEmbeddingOfALongClipIsTheMeanOfItsWindowsByFrames() throws {
        try Workbench.use { bench in
            let rate = 16_000
            let samples = noise(100 * rate).enumerated().map { $1 / Int16(1 + $0 * 7 / (100 * rate)) }
            let cuts = [0..<100, 0..<30, 30..<60, 60..<100]
            for (index, cut) in cuts.enumerated() {
                let part = Array(samples[cut.lowerBound * rate..<cut.upperBound * rate])
                try WAVBytes([part], sampleRate: rate).data.write(to: bench.url("\(index).wav"))
            }
            let outcome = try bench.timbre(
                "embed", "--encoder", "encoder", "-o", "clips.npz", "0.wav", "1.wav", "2.wav", "3.wav")
            #expect(outcome.output == "clips.npz: 4 × 3 × 24\n", "\(outcome.errors)")
            let states = try floats(ofFirstArrayIn: bench.url("clips.npz"), count: 4 * 3 * 24)
            let frames = cuts.map { Self.frames(of: $0.count * rate) }
            for state in 0..<72 {
                let windows = (1...3).map { Double(states[$0 * 72 + state]) * Double(frames[$0]) }
                let mean = windows.reduce(0, +) / Double(frames[1] + frames[2] + frames[3])
                #expect(states[state] == Float(mean))
            }
        }
    }

    @Test(.enabled(if: Sanitizer.isOff, "\(Sanitizer.skipped)"))
    func anHourTakesNoMoreMemoryThanTwoMinutes() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            let short = try peakMemory(of: bench, head, minutes: 2)
            let long = try peakMemory(of: bench, head, minutes: 60)
            // As samples at the encoder's rate an hour has 230 MB.
            #expect(long < short + 20_000_000, "\(long) and \(short) bytes")
            let sound = Trials.isFull ? "sound throughout" : "sound in the first and the last of them"
            Trials.tell(
                "long clips",
                "2 minutes took \(short / 1_000_000) MB, 60 minutes with \(sound) \(long / 1_000_000) MB")
        }
    }

    /// The program's peak memory in bytes, for a clip at 8 kHz with sound in its first and its last minute, or in all.
    ///
    /// Silence between them is decoded and resampled but not embedded.
    private func peakMemory(of bench: Workbench, _ head: String, minutes: Int) throws -> Int {
        let file = bench.url("\(minutes).wav")
        let minute = 60 * 8_000 * 2
        var wav = WAVBytes([noise(60 * 8_000)], sampleRate: 8_000)
        wav.declaredDataBytes = minutes * minute
        try wav.data(declaring: UInt32(36 + minutes * minute)).write(to: file)
        let writer = try FileHandle(forWritingTo: file)
        for number in Trials.isFull ? Array(1..<minutes) : [minutes - 1] {
            try writer.seek(toOffset: UInt64(44 + number * minute))
            try writer.write(contentsOf: wav.data.dropFirst(44))
        }
        try writer.close()

        let (outcome, peak) = try bench.timbreWatchingMemory("predict", "--head", head, "--format", "csv", file.path)
        #expect(outcome.output.contains(",\(minutes * 60).0,"), "\(outcome.output)")
        return peak
    }

    /// How many frames the tiny encoder makes of samples: seven convolutions of wav2vec 2.0's widths and steps.
    private static func frames(of samples: Int) -> Int {
        zip([10, 3, 3, 3, 3, 2, 2], [5, 2, 2, 2, 2, 2, 2]).reduce(samples) { ($0 - $1.0) / $1.1 + 1 }
    }

    /// The numbers of the first array in an archive that does not compress: behind a zip header and NumPy's.
    private func floats(ofFirstArrayIn file: URL, count: Int) throws -> [Float] {
        let bytes = try Data(contentsOf: file)
        let magic = try #require(bytes.firstRange(of: Data([0x93]) + Data("NUMPY".utf8)))
        let length = Int(bytes[magic.lowerBound + 8]) + 256 * Int(bytes[magic.lowerBound + 9])
        let start = magic.lowerBound + 10 + length
        return bytes[start..<start + 4 * count].withUnsafeBytes { numbers in
            (0..<count).map { Float(bitPattern: numbers.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
        }
    }
}
