import Evaluation
import Testing

@Suite struct PairedResultTests {
    @Test func clipsThatTheMatricesDoNotCountTrap() async {
        await #expect(processExitsWith: .failure) {
            let speaker = ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classes: 2)
            _ = PairedResult(speakers: [speaker], isRight: [true, true, false], replicates: nil)
        }
    }

    @Test func rightAnswersThatTheMatricesDoNotCountTrap() async {
        await #expect(processExitsWith: .failure) {
            let speaker = ConfusionMatrix(labels: [0, 1], predictions: [0, 0], classes: 2)
            _ = PairedResult(speakers: [speaker], isRight: [true, true], replicates: nil)
        }
    }

    @Test func noClipsTrap() async {
        await #expect(processExitsWith: .failure) { _ = PairedResult(speakers: [], isRight: [], replicates: nil) }
    }
}
