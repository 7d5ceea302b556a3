import FeatureStore
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct EncoderSourceTests {
    @Test func anEncoderThatChangesOrVanishesBeforeItIsLoadedIsRefused() throws {
        try withTemporaryDirectory { root in
            let directory = root.appendingPathComponent("encoder")
            try FileManager.default.copyItem(at: fixture("wav2vec2/base"), to: directory)
            let store = try FeatureStore(at: root.appendingPathComponent("features.sqlite"))
            let source = try EncoderSource(directory: directory, store: store)
            _ = try source.encoder()
            let settings = directory.appendingPathComponent("preprocessor_config.json")
            let before = try Digest(hashingFile: settings)
            try (Data(contentsOf: settings) + Data("\n".utf8)).write(to: settings)
            let changed = ModelError.encoderChanged(
                file: settings.relativePath, found: try Digest(hashingFile: settings).description,
                expected: before.description)
            #expect(throws: changed) { try source.encoder() }
            try FileManager.default.removeItem(at: directory)
            #expect(throws: ModelError.encoderVanished(directory: directory.relativePath)) { try source.encoder() }
        }
    }
}
