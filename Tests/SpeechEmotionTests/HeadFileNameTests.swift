import FeatureStore
import Testing

@testable import SpeechEmotion

@Suite struct HeadFileNameTests {
    private let key = Digest.of(["a training"])

    @Test(arguments: [
        ("2c0de8f4-speaker-01", "2c0de8f4-speaker-01"), ("a-fold 1", "a-fold 1"),
        ("a-speaker-own/ben", "a-speaker-own~2fben"),
        ("a-speaker-x/../../b", "a-speaker-x~2f..~2f..~2fb"), ("a-~2f", "a-~7e2f"), ("a-x/\u{301}y", "a-x~2f\u{301}y"),
    ]) func noNameLeadsIntoAnotherFolder(name: String, stem: String) {
        #expect(FoldTraining.fileStem(of: name, key: key) == stem)
    }

    @Test func aNameThatIsTooLongForAFileIsCutAndStaysUnlikeOthers() {
        let name = "a-speaker-" + String(repeating: "👩‍👩‍👧‍👦", count: 16)
        let stem = FoldTraining.fileStem(of: name, key: key)
        #expect(stem.utf8.count <= 117 && stem.hasPrefix("a-speaker-👩‍👩‍👧‍👦"), "\(stem)")
        #expect(stem.hasSuffix("~\(key.description.prefix(16))"))
        #expect(stem != FoldTraining.fileStem(of: name, key: Digest.of(["another"])))
    }
}
