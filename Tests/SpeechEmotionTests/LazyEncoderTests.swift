import Foundation
import TestSupport
import Testing
import Wav2Vec2

@testable import SpeechEmotion

@Suite struct LazyEncoderTests {
    @Test func itIsLoadedOnce() throws {
        try withTemporaryDirectory { root in
            let directory = root.appendingPathComponent("encoder")
            try FileManager.default.copyItem(at: fixture("wav2vec2/base"), to: directory)
            let encoder = LazyEncoder { try Encoder(directory: directory) }
            let first = try encoder.loaded()
            try FileManager.default.removeItem(at: directory)
            #expect(try encoder.loaded() === first)
        }
    }

    @Test func anEncoderThatIsNotThereIsAnErrorOnlyWhenItIsNeeded() {
        let encoder = LazyEncoder { try Encoder(directory: URL(fileURLWithPath: "/absent")) }
        #expect(throws: (any Error).self) { try encoder.loaded() }
    }
}
