import Evaluation
import Testing

@Suite struct SpeakerDrawsTests {
    @Test func dependOnTheSeedAndTheNumberOfSpeakersAlone() {
        let draws = SpeakerBootstrap(draws: 200, seed: 7).drawing(speakers: 24)
        #expect(draws.draws == 200 && draws.speakers == 24)
        #expect(draws == SpeakerBootstrap(draws: 200, confidence: 0.5, seed: 7).drawing(speakers: 24))
        #expect(draws != SpeakerBootstrap(draws: 200, seed: 8).drawing(speakers: 24))
        #expect(draws != SpeakerBootstrap(draws: 200, seed: 7).drawing(speakers: 23))
    }

    @Test func everySpeakerIsDrawnAboutOnceADraw() {
        // Only one speaker is right, so that the accuracy of a draw tells how often that one was drawn.
        let speakers = (0..<24).map { speaker in
            ConfusionMatrix(labels: [0], predictions: [speaker == 5 ? 0 : 1], classes: 2)
        }
        let bootstrap = SpeakerBootstrap(draws: 4000, seed: 1)
        let accuracy = bootstrap.replicates(of: speakers, drawing: bootstrap.drawing(speakers: 24)).accuracy
        let timesDrawn = 24 * accuracy.reduce(0, +) / 4000
        #expect((0.95...1.05).contains(timesDrawn))
        #expect(Set(accuracy).count > 4)
    }

    @Test func noSpeakersTrap() async {
        await #expect(processExitsWith: .failure) { _ = SpeakerBootstrap(seed: 0).drawing(speakers: 0) }
    }
}
