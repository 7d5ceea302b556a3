import EmotionHead
import Evaluation
import Pipeline
import Testing

@testable import SpeechEmotion

@Suite struct TrainingCellTests {
    private func cells(_ parameters: String) throws -> [TrainingCell] {
        let file = try StageFile(
            text: "name: test\nstages:\n  heads: {kind: train, \(parameters)}\n", named: "test.yaml")
        let grid = try ParameterGrid(
            expanding: file.declarations[0].parameters, lists: ["head.hidden": .axisOfLists])
        return try grid.points.map { try TrainingCell($0.parameters.reader()) }
    }

    private let base = "protocol: emobox-6fold, layer: 12, optimizer: {learningRate: 1e-4}, batch: 16, epochs: 10"

    @Test func defaultsAreTheSeedsHead() throws {
        let cell = try #require(try cells(base).first)
        #expect(cell.recipe.hidden == [256])
        #expect(cell.recipe.dropout == 0.3)
        #expect(cell.recipe.optimizer == AdamW(learningRate: 1e-4, weightDecay: 0.01))
        #expect(cell.recipe.schedule == .linear)
        #expect(cell.recipe.earlyStopping == nil)
        #expect(cell.validation == .none)
        #expect(cell.isSpeakerIndependent)
    }

    @Test func writtenDefaultsAndOtherSpellingsAreTheSameCell() throws {
        let written =
            base.replacing("1e-4", with: "0.0001") + ", head: {dropout: 0.3, hidden: 256}, seed: 0, standardize: none"
        #expect(try cells(base).map(\.digest) == cells(written).map(\.digest))
    }

    @Test func everyParameterChangesTheCell() throws {
        let variants = [
            base, base + ", seed: 1", base + ", standardize: train", base + ", head: {hidden: 128}",
            base + ", head: {hidden: []}",
            base + ", head: {dropout: 0}", base + ", schedule: cosine", base + ", schedule: plateau",
            base + ", schedule: plateau, plateau: {patience: 2}", base + ", split: {seed: 1}",
            base.replacing("layer: 12", with: "layer: 11"), base.replacing("batch: 16", with: "batch: 8"),
            base.replacing("epochs: 10", with: "epochs: 9"), base.replacing("1e-4", with: "2e-4"),
            base + ", earlyStopping: {patience: 3, validation: {speakers: 2}}",
            base + ", earlyStopping: {patience: 3, validation: {fraction: 0.1}}",
            base + ", earlyStopping: {patience: 3, monitor: accuracy, validation: {speakers: 2}}",
            base.replacing("emobox-6fold", with: "leave-one-speaker-out"), base + ", allowSpeakerOverlap: true",
        ]
        #expect(Set(try variants.flatMap { try cells($0).map(\.digest) }).count == variants.count)
    }

    @Test func listsAreAxes() throws {
        let grid = try cells(
            base + ", seed: [0, 1, 2], head: {hidden: [[], [64, 32], 256]}, standardize: [none, speaker]")
        #expect(grid.count == 18)
        #expect(Set(grid.map(\.recipe.hidden)) == [[], [64, 32], [256]])
    }

    @Test func anAllowedOverlapIsNeverCalledSpeakerIndependent() throws {
        #expect(try cells(base + ", allowSpeakerOverlap: true").first?.isSpeakerIndependent == false)
    }

    @Test(arguments: [
        "{patience: 3}", "{patience: 3, validation: {}}", "{patience: 3, validation: {speakers: 1, fraction: 0.1}}",
    ])
    func earlyStoppingNeedsOneValidationPart(stopping: String) {
        #expect(throws: (any Error).self) { try cells(base + ", earlyStopping: \(stopping)") }
    }
}
