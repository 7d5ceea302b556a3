import Evaluation
import Testing

@testable import SpeechEmotion

/// The naming rules of published corpora, on names alone.
@Suite struct NamingLayoutsTests {
    private static let known:
        [(layout: any NamingLayout, path: String, speaker: String, emotion: String, sex: SpeakerSex?)] = [
            (EmoDBLayout(), "wav/03a01Fa.wav", "03", "happy", .male),
            (EmoDBLayout(), "16b10Wb.wav", "16", "angry", .female),
            (EmoDBLayout(), "13a07Lc.wav", "13", "bored", .female),
            (EmoDBLayout(), "12b02Na.wav", "12", "neutral", .male),
            (EmoDBLayout(), "08a02Tb.wav", "08", "sad", .female),
            (EmoDBLayout(), "10a05Ea.wav", "10", "disgust", .male),
            (EmoDBLayout(), "15b03Aa.wav", "15", "fearful", .male),
            (CremaDLayout(), "AudioWAV/1001_DFA_ANG_XX.wav", "1001", "angry", nil),
            (CremaDLayout(), "1091_IEO_HAP_HI.wav", "1091", "happy", nil),
            (CremaDLayout(), "1040_ITH_SAD_X.wav", "1040", "sad", nil),
            (CremaDLayout(), "1002_WSI_FEA_XX.wav", "1002", "fearful", nil),
            (CremaDLayout(), "1003_TSI_DIS_XX.wav", "1003", "disgust", nil),
            (CremaDLayout(), "1004_MTI_NEU_XX.wav", "1004", "neutral", nil),
            (SaveeLayout(), "DC/sa01.wav", "DC", "sad", .male),
            (SaveeLayout(), "AudioData/KL/n30.wav", "KL", "neutral", .male),
            (SaveeLayout(), "JE_su15.wav", "JE", "surprised", .male),
            (SaveeLayout(), "ALL/JK_a03.wav", "JK", "angry", .male),
            (SaveeLayout(), "DC/d02.wav", "DC", "disgust", .male),
            (SaveeLayout(), "DC/f02.wav", "DC", "fearful", .male),
            (SaveeLayout(), "DC/h02.wav", "DC", "happy", .male),
            (TessLayout(), "OAF_angry/OAF_back_angry.wav", "OAF", "angry", .female),
            (TessLayout(), "YAF_dog_ps.wav", "YAF", "surprised", .female),
            (TessLayout(), "YAF_dog_fear.wav", "YAF", "fearful", .female),
            (TessLayout(), "OAF_neutral/OA_bite_neutral.wav", "OAF", "neutral", .female),
            (RavdessLayout(), "Actor_12/03-01-06-01-02-01-12.wav", "12", "fearful", .female),
        ]

    @Test(arguments: known.indices) func aNameGivesSpeakerEmotionAndSex(_ index: Int) throws {
        let one = Self.known[index]
        let stated = try one.layout.describe(one.path)
        #expect(stated.speaker == one.speaker && stated.sex == one.sex)
        #expect(one.layout.classes[stated.label] == one.emotion)
    }

    private static let unknown: [(layout: any NamingLayout, path: String, reason: String)] = [
        (EmoDBLayout(), "03a01F.wav", "the name has 6 characters instead of 7 (speaker, text, emotion, version)"),
        (EmoDBLayout(), "04a01Fa.wav", "its speaker is \"04\" instead of 03 or 08 to 16"),
        (
            EmoDBLayout(), "03c01Fa.wav",
            "its text is \"c01\" instead of one of a01, a02, a04, a05, a07, b01, b02, b03, b09, b10"
        ),
        (EmoDBLayout(), "03a01Xa.wav", "its emotion is \"X\" instead of one of N, F, T, W, A, E, L"),
        (EmoDBLayout(), "03a01F1.wav", "its version is no letter from a to z"),
        (CremaDLayout(), "1001_DFA_ANG.wav", "the name has 3 fields instead of 4 (actor_sentence_emotion_intensity)"),
        (CremaDLayout(), "1092_DFA_ANG_XX.wav", "its actor is \"1092\" instead of 1001 to 1091"),
        (
            CremaDLayout(), "1001_DFA_SUR_XX.wav",
            "its emotion is \"SUR\" instead of one of NEU, HAP, SAD, ANG, FEA, DIS"
        ),
        (CremaDLayout(), "1001_DFA_ANG_YY.wav", "its intensity is \"YY\" instead of LO, MD, HI or XX"),
        (SaveeLayout(), "a01.wav", "it names none of the speakers DC, JE, JK, KL, as DC/a01.wav or DC_a01.wav would"),
        (SaveeLayout(), "DC/a16.wav", "its sentence is \"16\" instead of 01 to 15"),
        (SaveeLayout(), "DC/a+1.wav", "its sentence is \"+1\" instead of 01 to 15"),
        (SaveeLayout(), "DC/x01.wav", "its emotion is \"x\" instead of one of n, h, sa, a, f, d, su"),
        (SaveeLayout(), "DC/JE_a01.wav", "its name says speaker JE, its folder DC"),
        (TessLayout(), "OAF_back.wav", "the name has 2 fields instead of 3 (speaker_word_emotion)"),
        (TessLayout(), "XAF_back_angry.wav", "its speaker is \"XAF\" instead of OAF or YAF"),
        (
            TessLayout(), "OAF_back_calm.wav",
            "its emotion is \"calm\" instead of one of neutral, happy, sad, angry, fear, disgust, ps"
        ),
    ]

    @Test(arguments: unknown.indices) func anotherNameIsRefusedWithWhatIsWrong(_ index: Int) {
        let one = Self.unknown[index]
        #expect(throws: LayoutFault(reason: one.reason)) { try one.layout.describe(one.path) }
    }

    @Test func allOfSaveeIsFourTimesOneHundredAndTwenty() {
        let layout = SaveeLayout()
        let absent = layout.incompleteness(of: [])
        #expect(absent.count == 480 && absent.allSatisfy { (try? layout.describe($0.path)) != nil })
        #expect(layout.incompleteness(of: absent.map(\.path)).isEmpty)
        let again = layout.incompleteness(of: absent.map(\.path) + ["copies/DC_a01.wav"])
        #expect(again == [CorpusProblem(path: "copies/DC_a01.wav", reason: "a second file of this name")])
    }

    @Test func aCountTellsOfClipsThatNamesDoNot() {
        #expect(
            EmoDBLayout().incompleteness(of: ["03a01Fa.wav", "more/03a01Fa.wav"]) == [
                CorpusProblem(path: ".", reason: "534 of 535 clips are missing"),
                CorpusProblem(path: "more/03a01Fa.wav", reason: "a second file of this name"),
            ])
    }
}
