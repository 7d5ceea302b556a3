import Foundation
import TestSupport

@testable import Audio

/// A decoded file: its facts and all of its mono samples at its own rate.
struct DecodedAudio {
    var facts: AudioFacts
    var samples: [Float]
}

/// Decodes a file in memory in pieces of a length that divides neither blocks nor files.
func decode(_ bytes: Data, name: String) throws -> DecodedAudio {
    try decode(.memory(bytes), name: name)
}

func decode(_ bytes: AudioBytes, name: String) throws -> DecodedAudio {
    let stream = try AudioStream(bytes, name: name)
    var samples: [Float] = []
    while case let piece = try stream.read(10_007), !piece.isEmpty { samples += piece }
    return DecodedAudio(facts: stream.facts, samples: samples)
}

/// Resamples a whole signal.
func resample(_ samples: [Float], from: Int, to: Int, name: String = "") throws -> [Float] {
    let resampler = try Resampler(from: from, to: to, name: name)
    let pieces = stride(from: 0, to: samples.count, by: resampler.pieceFrames).map {
        Array(samples[$0..<min($0 + resampler.pieceFrames, samples.count)])
    }
    return try pieces.flatMap { try resampler.resample($0) } + resampler.finish()
}

/// Hands over a file open for reading and writing that holds the bytes, and removes it.
func withOpenFile<Result>(holding bytes: Data, _ body: (Int32) throws -> Result) throws -> Result {
    try withTemporaryDirectory { directory in
        let file = directory.appendingPathComponent("file")
        try bytes.write(to: file)
        let descriptor = open(file.path, O_RDWR)
        defer { close(descriptor) }
        return try body(descriptor)
    }
}
