import Foundation

/// A WAV file in memory, with whatever a test wants around and inside its samples.
public struct WAVBytes {
    /// A chunk besides `fmt ` and `data`.
    public struct Chunk {
        /// Four ASCII characters.
        public var name: String
        /// The chunk's content.
        public var content: Data

        /// Joins a name to its content.
        public init(_ name: String, _ content: Data) {
            self.name = name
            self.content = content
        }

        /// Texts as editors write them, each of them a comment; none may be of 2 kB or more, or libsndfile skips it.
        public static func comments(_ texts: [String]) -> Chunk {
            Chunk("LIST", texts.reduce(Data("INFO".utf8)) { $0 + bytes(of: Chunk("ICMT", Data($1.utf8))) })
        }
    }

    /// Hz; any number that fits 32 bits.
    public var sampleRate: Int
    /// The number of channels.
    public var channels: Int
    /// Chunks that stand before the samples.
    public var chunksBeforeData: [Chunk] = []
    /// Chunks that stand after the samples.
    public var chunksAfterData: [Chunk] = []
    /// What the data chunk's header says, where that is not the truth.
    public var declaredDataBytes: Int?
    private let formatCode: Int
    private let bytesPerSample: Int
    private let samples: Data

    /// 16-bit PCM; one array a channel, all equally long.
    public init(_ channels: [[Int16]], sampleRate: Int) {
        self.sampleRate = sampleRate
        self.channels = channels.count
        (formatCode, bytesPerSample) = (1, 2)
        samples = interleaved(channels) { littleEndian(UInt16(bitPattern: $0)) }
    }

    /// 32-bit floating point; one array a channel, all equally long.
    public init(floats channels: [[Float]], sampleRate: Int) {
        self.sampleRate = sampleRate
        self.channels = channels.count
        (formatCode, bytesPerSample) = (3, 4)
        samples = interleaved(channels) { littleEndian($0.bitPattern) }
    }

    /// A pure tone of 16-bit samples in every channel; frequency in Hz, amplitude as a part of full scale.
    public static func tone(
        frequency: Double = 220, seconds: Double, sampleRate: Int, channels: Int = 1, amplitude: Double = 0.5
    ) -> WAVBytes {
        let samples = (0..<Int(seconds * Double(sampleRate))).map { frame in
            Int16(32_767 * amplitude * sin(2 * .pi * frequency * Double(frame) / Double(sampleRate)))
        }
        return WAVBytes(Array(repeating: samples, count: channels), sampleRate: sampleRate)
    }

    /// The whole file.
    public var data: Data { data(declaring: nil) }

    /// The whole file with what the first header says of its length, where that is not the truth.
    public func data(declaring whole: UInt32?) -> Data {
        let format = Chunk("fmt ", formatChunk)
        var body = Data("WAVE".utf8)
        for chunk in [format] + chunksBeforeData { body += bytes(of: chunk) }
        body += bytes(of: Chunk("data", samples), declared: declaredDataBytes ?? samples.count)
        for chunk in chunksAfterData { body += bytes(of: chunk) }
        return Data("RIFF".utf8) + littleEndian(whole ?? UInt32(body.count)) + body
    }

    private var formatChunk: Data {
        let frameBytes = channels * bytesPerSample
        return littleEndian(UInt16(formatCode)) + littleEndian(UInt16(channels)) + littleEndian(UInt32(sampleRate))
            + littleEndian(UInt32(truncatingIfNeeded: sampleRate * frameBytes)) + littleEndian(UInt16(frameBytes))
            + littleEndian(UInt16(bytesPerSample * 8))
    }

}

/// Name, length and content, padded to an even number of bytes.
private func bytes(of chunk: WAVBytes.Chunk, declared: Int? = nil) -> Data {
    let padding = Data(count: chunk.content.count % 2)
    return Data(chunk.name.utf8) + littleEndian(UInt32(declared ?? chunk.content.count)) + chunk.content + padding
}

private func interleaved<Sample>(_ channels: [[Sample]], _ bytes: (Sample) -> Data) -> Data {
    (0..<(channels.first?.count ?? 0)).reduce(into: Data()) { result, frame in
        for channel in channels { result += bytes(channel[frame]) }
    }
}

private func littleEndian(_ number: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
}
