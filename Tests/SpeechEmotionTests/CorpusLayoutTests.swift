import Testing

@testable import SpeechEmotion

@Suite struct CorpusLayoutTests {
    private let layout = RavdessLayout()

    @Test func aPathGivesSpeakerAndLabel() throws {
        let description = try layout.describe("Actor_12/03-01-06-01-02-01-12.wav")
        #expect(description == ClipDescription(speaker: "12", label: 5, sex: .female))
    }

    @Test func oddActorsAreMale() throws {
        #expect(try layout.describe("03-01-06-01-02-01-11.wav").sex == .male)
    }

    @Test func foldersOfOtherNamesDoNotMatter() throws {
        #expect(try layout.describe("speech/03-01-06-01-02-01-12.flac").speaker == "12")
    }

    @Test func anActorsFolderMustAgreeWithTheName() {
        #expect(throws: LayoutFault(reason: "its name says actor 12, its folder Actor_07")) {
            try layout.describe("Actor_07/03-01-06-01-02-01-12.wav")
        }
    }

    @Test func theWholeCorpusIsComplete() {
        #expect(layout.incompleteness(of: RavdessName.all.map(\.path)).isEmpty)
    }

    @Test func oneClipTooFewAndOneTooManyAreNamed() {
        var paths = RavdessName.all.map(\.path)
        let removed = paths.remove(at: 700)
        paths.append("copies/03-01-06-01-02-01-12.wav")
        #expect(
            layout.incompleteness(of: paths)
                == [
                    CorpusProblem(path: removed, reason: "one of RAVDESS's 1440 speech clips, is missing"),
                    CorpusProblem(path: "copies/03-01-06-01-02-01-12.wav", reason: "a second file of this name"),
                ].sorted { $0.path < $1.path })
    }
}
