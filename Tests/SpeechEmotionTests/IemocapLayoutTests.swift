import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct IemocapLayoutTests {
    private let layout = IemocapLayout()
    private let utterance = "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M003.wav"

    @Test func anUtteranceIsItsSpeakersAndNotItsDialogues() throws {
        let stated = try layout.describe(utterance, code: "exc")
        #expect(stated == ClipDescription(speaker: "Ses01M", label: 8, sex: .male))
        #expect(layout.classes[stated.label] == "excited")
        #expect(try layout.describe("Ses05F_script01_1b_F012.wav", code: "xxx").speaker == "Ses05F")
    }

    @Test(arguments: [
        ("Ses06F_impro01_M003.wav", "neu", "the name is not an utterance's, such as Ses01F_impro01_F000"),
        ("Ses01F_impro01.wav", "neu", "the name is not an utterance's, such as Ses01F_impro01_F000"),
        ("Ses01F_impro01_M003.wav", nil, "no file under dialog/EmoEvaluation names it"),
        (
            "Ses01F_impro01_M003.wav", "joy",
            "its emotion is \"joy\" instead of one of neu, hap, sad, ang, fea, dis, sur, fru, exc, oth, xxx"
        ),
    ])
    func anotherNameOrLabelIsRefused(path: String, code: String?, reason: String) {
        #expect(throws: LayoutFault(reason: reason)) { try layout.describe(path, code: code) }
    }

    @Test func evaluationsAreReadBesideTheirRemarks() {
        let text = """
            % [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

            [6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
            C-E2:\tNeutral;\t()
            A-F1:\tval 3; act 2; dom  2;\t()

            [10.0100 - 11.3925]\tSes01F_impro01_M001\tfru\t[2.5000, 2.5000, 2.5000]
            """
        #expect(IemocapLayout.codes(in: text) == ["Ses01F_impro01_F000": "neu", "Ses01F_impro01_M001": "fru"])
    }

    @Test func aSecondFileOfAnUtteranceIsNamed() {
        let copy = "16k/Ses01F_impro01_M003.wav"
        #expect(
            layout.incompleteness(of: [utterance, copy]) == [
                CorpusProblem(path: ".", reason: "10038 of 10039 clips are missing"),
                CorpusProblem(path: utterance, reason: "a second file of this name"),
            ])
    }

    @Test func theFoldersOfAReleaseAreListed() throws {
        try withTemporaryDirectory { root in
            let dialogue = "Session1/dialog/wav/Ses01F_impro01.wav"
            let other = utterance.replacing("M003", with: "M004")
            let evaluation = "Session1/dialog/EmoEvaluation/Ses01F_impro01.txt"
            for (path, text) in [
                (utterance, ""), (other, ""), (dialogue, ""),
                (evaluation, "[1 - 2]\tSes01F_impro01_M003\tang\t[1, 1, 1]\n"),
            ] {
                let file = root.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            let clips = try layout.clips(under: root)
            #expect(clips.map(\.path) == [utterance, other])
            #expect(try clips[0].description.get().label == 3)
            #expect(throws: LayoutFault(reason: "no file under dialog/EmoEvaluation names it")) {
                try clips[1].description.get()
            }
        }
    }
}
