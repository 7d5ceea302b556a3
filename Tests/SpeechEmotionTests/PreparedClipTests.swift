import Audio
import FeatureStore
import Foundation
import TestSupport
import Testing
import Wav2Vec2

@testable import SpeechEmotion

@Suite struct PreparedClipTests {
    @Test func aLargeFileIsPreparedLikeASmallOne() throws {
        try withClip(WAVBytes([noise(70_000), noise(70_000)], sampleRate: 1_000).data) { path in
            let small = try prepare(path)
            let large = try prepare(path, largestInMemory: 1_000)
            #expect(small.windows.map(\.count) == [30_000, 40_000])
            #expect(large.windows == small.windows)
            #expect(large.clip.facts == small.clip.facts)
            #expect(large.clip.digest == small.clip.digest)
            #expect(large.clip.digest == (try Digest(hashingFile: URL(fileURLWithPath: path))))
            #expect(large.clip.seconds == 70)
        }
    }

    @Test func eachWindowIsNormalisedByItself() throws {
        let quiet = noise(30_000).map { $0 / 8 }
        try withClip(WAVBytes([noise(30_000) + quiet + quiet], sampleRate: 1_000).data) { path in
            for window in try prepare(path).windows {
                let mean = window.reduce(0.0) { $0 + Double($1) } / Double(window.count)
                let variance = window.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(window.count)
                #expect(abs(mean) <= 1e-5)
                #expect(abs(variance - 1) <= 1e-2)
            }
        }
    }

    @Test(arguments: [0, 1 << 20]) func whatIsNotWhatWasListedIsRefused(largestInMemory: Int) throws {
        try withClip(WAVBytes([noise(2_000)], sampleRate: 1_000).data) { path in
            #expect(throws: CorpusError.changed(path: "clip")) {
                try prepare(path, expected: Digest(hashing: Data()), largestInMemory: largestInMemory)
            }
        }
    }

    @Test func aLargeFileThatIsTouchedMeanwhileIsRefused() throws {
        try withClip(WAVBytes([noise(100_000)], sampleRate: 1_000).data) { path in
            #expect(throws: CorpusError.changed(path: "clip")) {
                _ = try PreparedClip(
                    path, name: "clip", expected: nil, preprocessing: Self.preprocessing, largestInMemory: 0
                ) { _ in
                    let long = Date(timeIntervalSince1970: 9)
                    try FileManager.default.setAttributes([.modificationDate: long], ofItemAtPath: path)
                }
            }
            #expect(throws: CorpusError.changed(path: "clip")) {
                _ = try PreparedClip(
                    path, name: "clip", expected: nil, preprocessing: Self.preprocessing, largestInMemory: 0
                ) { _ in truncate(path, 90_000) }
            }
        }
    }

    private static var preprocessing: Preprocessing {
        var preprocessing = Preprocessing.base
        preprocessing.sampleRate = 1_000
        return preprocessing
    }

    private func prepare(
        _ path: String, expected: Digest? = nil, largestInMemory: Int = PreparedClip.largestInMemory
    ) throws -> (clip: PreparedClip, windows: [[Float]]) {
        var windows: [[Float]] = []
        let clip = try PreparedClip(
            path, name: "clip", expected: expected, preprocessing: Self.preprocessing, largestInMemory: largestInMemory
        ) { windows.append($0) }
        return (clip, windows)
    }

    private func withClip(_ bytes: Data, _ body: (String) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("clip.wav")
            try bytes.write(to: file)
            try body(file.path)
        }
    }
}
