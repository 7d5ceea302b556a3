import SpeechEmotion
import Testing

@Suite struct RavdessNameTests {
    @Test func aNameStatesItsFacts() throws {
        let name = try RavdessName(parsing: "03-01-06-02-02-01-12")
        #expect(name == RavdessName(emotion: 6, intensity: 2, statement: 2, repetition: 1, actor: 12))
        #expect(name.path == "Actor_12/03-01-06-02-02-01-12.wav")
        #expect(RavdessName.emotions[name.emotion - 1] == "fearful")
    }

    @Test func thereAre1440NamesAndEachReadsBack() throws {
        let all = RavdessName.all
        #expect(all.count == 1440)
        #expect(Set(all).count == 1440)
        #expect(all.map(\.path) == all.map(\.path).sorted())
        #expect(try all.allSatisfy { try RavdessName(parsing: $0.stem) == $0 })
        #expect(all.count { $0.emotion == 1 } == 96)
    }

    @Test(arguments: [
        (
            "holiday",
            "the name has 1 fields instead of 7 (modality-channel-emotion-intensity-statement-repetition-actor)"
        ),
        ("01-01-06-01-02-01-12", "its modality is \"01\" instead of 03"),
        ("03-02-06-01-02-01-12", "its vocal channel is \"02\" instead of 01"),
        ("03-01-09-01-02-01-12", "its emotion is \"09\" instead of 01 to 08"),
        ("03-01-6-01-02-01-12", "its emotion is \"6\" instead of 01 to 08"),
        ("03-01-06-01-02-01-25", "its actor is \"25\" instead of 01 to 24"),
        ("03-01-+6-01-02-01-12", "its emotion is \"+6\" instead of 01 to 08"),
        ("03-01-01-02-02-01-12", "it says neutral with strong intensity, which RAVDESS does not have"),
    ])
    func aWrongNameSaysWhatIsWrong(stem: String, reason: String) {
        #expect {
            try RavdessName(parsing: stem)
        } throws: {
            ($0 as? RavdessNameFault)?.reason == reason
        }
    }
}
