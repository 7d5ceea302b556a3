import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct LazyEncoderTests {
    @Test func itIsLoadedOnce() throws {
        try withTemporaryDirectory { root in
            let directory = root.appendingPathComponent("encoder")
            try FileManager.default.copyItem(at: fixture("wav2vec2/base"), to: directory)
            let encoder = LazyEncoder(directory: directory)
            let first = try encoder.loaded()
            try FileManager.default.removeItem(at: directory)
            #expect(try encoder.loaded() === first)
        }
    }

    @Test func anEncoderThatIsNotThereIsAnErrorOnlyWhenItIsNeeded() {
        let encoder = LazyEncoder(directory: URL(fileURLWithPath: "/absent"))
        #expect(throws: (any Error).self) { try encoder.loaded() }
    }
}
