import Testing

@testable import SpeechEmotion

@Suite struct ProsodyTests {
    @Test func aSeedFixesEveryClip() {
        for name in RavdessName.all.prefix(60) {
            let speaker = SyntheticSpeaker(actor: name.actor, seed: 5)
            #expect(Prosody.of(name, speaker: speaker, seed: 5) == Prosody.of(name, speaker: speaker, seed: 5))
        }
    }

    @Test func twoRepetitionsDiffer() {
        let speaker = SyntheticSpeaker(actor: 1, seed: 0)
        let clips = [1, 2].map { RavdessName(emotion: 3, intensity: 1, statement: 1, repetition: $0, actor: 1) }
        #expect(Prosody.of(clips[0], speaker: speaker, seed: 0) != Prosody.of(clips[1], speaker: speaker, seed: 0))
    }

    @Test func everyNumberIsOneThatEspeakTakes() {
        for name in RavdessName.all {
            let prosody = Prosody.of(name, speaker: SyntheticSpeaker(actor: name.actor, seed: 1), seed: 1)
            #expect((0...99).contains(prosody.pitch))
            #expect((5...250).contains(prosody.range))
            #expect((80...400).contains(prosody.rate))
            #expect((20...190).contains(prosody.amplitude))
        }
    }

    @Test func no24SpeakersShareAVoiceAndPitch() {
        let speakers = RavdessName.actors.map { SyntheticSpeaker(actor: $0, seed: 0) }
        #expect(Set(speakers.map { "\($0.voice) \($0.pitch)" }).count == 24)
        #expect(Set(speakers.map(\.voice)).count >= 22)
    }
}
