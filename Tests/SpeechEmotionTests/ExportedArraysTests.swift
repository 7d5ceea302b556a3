import Evaluation
import Testing

@testable import SpeechEmotion

@Suite struct ExportedArraysTests {
    @Test func everyClipIsInOnePartOrNone() {
        let fold = Fold(name: "f", train: [4, 0], validation: [3], test: [1])
        #expect(fold.partNumbers(of: 6) == [1, 3, 0, 2, 1, 0])
    }
}
