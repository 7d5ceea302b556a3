import EmotionHead
import Evaluation
import Pipeline
import Testing

@testable import SpeechEmotion

@Suite struct TrainingCellTests {
    private func cells(_ parameters: String) throws -> [TrainingCell] {
        let file = try StageFile(
            text: "name: test\nstages:\n  heads: {kind: train, \(parameters)}\n", named: "test.yaml")
        let grid = try ParameterGrid(expanding: file.declarations[0].parameters, lists: TrainingCell.lists)
        let setting = CellSetting(
            labels: CorpusLabels(classes: RavdessName.emotions, name: "ravdess-8"), foldFiles: FoldFiles())
        return try grid.points.map { try TrainingCell($0, setting: setting) }
    }

    private let base = "protocol: emobox-6fold, layer: 12, optimizer: {learningRate: 1e-4}, batch: 16, epochs: 10"

    @Test func defaultsAreTheSeedsHead() throws {
        let cell = try #require(try cells(base).first)
        #expect(cell.recipe.hidden == [256])
        #expect(cell.recipe.dropout == 0.3)
        #expect(cell.recipe.optimizer == AdamW(learningRate: 1e-4, weightDecay: 0.01))
        #expect(cell.recipe.schedule == .linear)
        #expect(cell.recipe.earlyStopping == nil)
        #expect(cell.division.validation == .none)
        #expect(cell.features == .layer(12))
        #expect(cell.division.labels.classes == RavdessName.emotions)
        #expect(cell.recipe.classWeights == .none)
        #expect(cell.recipe.labelSmoothing == 0)
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
            base.replacing("emobox-6fold", with: "random-kfold"), base.replacing("emobox-6fold", with: "speaker-kfold"),
            base.replacing("emobox-6fold", with: "speaker-kfold") + ", split: {k: 6}",
            base.replacing("emobox-6fold", with: "pepino-23-24"),
            base.replacing("layer: 12", with: "layer: {weightedSum: all}"),
            base.replacing("layer: 12", with: "layer: {average: all}"),
            base.replacing("layer: 12", with: "layer: {concatenate: [3, 6]}"),
            base.replacing("layer: 12", with: "layer: {concatenate: [6, 3]}"),
            base + ", labels: {merge: {calm: neutral}}", base + ", labels: {keep: [happy, sad]}",
            base + ", loss: {labelSmoothing: 0.1}", base + ", loss: {classWeights: balanced}",
            base.replacing("1e-4}", with: "1e-4, layerWeightsLearningRate: 1e-2}"),
        ]
        #expect(Set(try variants.flatMap { try cells($0).map(\.parameters) }).count == variants.count)
    }

    @Test func listsAreAxes() throws {
        let grid = try cells(
            base + ", seed: [0, 1, 2], head: {hidden: [[], [64, 32], 256]}, standardize: [none, speaker]")
        #expect(grid.count == 18)
        #expect(Set(grid.map(\.recipe.hidden)) == [[], [64, 32], [256]])
    }

    @Test func setsOfLayersAndLabelsAreAxesAmongOthers() throws {
        let grid = try cells(
            base.replacing("layer: 12", with: "layer: [0, {average: [1, 2]}, {weightedSum: all}]")
                + ", labels: [ravdess-8, {keep: [happy, sad]}, {merge: {calm: neutral}, keep: [neutral, sad]}]")
        #expect(grid.count == 9)
        #expect(Set(grid.map(\.features)) == [.layer(0), .average(.some([1, 2])), .weightedSum(.all)])
        #expect(
            Set(grid.map(\.division.labels.classes)) == [RavdessName.emotions, ["happy", "sad"], ["neutral", "sad"]])
    }

    @Test func savingHeadsIsNoPartOfTheCell() throws {
        #expect(try cells(base).map(\.parameters) == cells(base + ", saveHeads: false").map(\.parameters))
    }

    @Test func cellsOfSeveralEncodersDifferInIdNotInParameters() throws {
        let cell = try #require(try cells(base).first)
        let (first, second) = (cell.on(encoder: "a"), cell.on(encoder: "b"))
        #expect(first.parameters == second.parameters)
        #expect(Set([cell.id, first.id, second.id]).count == 3)
    }

    @Test func idsAreAsLongAsTheyNeedToBe() throws {
        let cells = TrainingCell.identified(try cells(base + ", seed: [0, 1, 2, 3]"))
        #expect(cells.allSatisfy { $0.id.count == 8 })
        #expect(Set(cells.map(\.id)).count == 4)
    }

    @Test(arguments: [
        "layer: {}", "layer: {average: all, weightedSum: all}", "layer: {average: [3]}", "layer: {concatenate: [3, 3]}",
        "layer: all", "layer: {mean: all}",
    ])
    func aSetOfLayersIsPutTogetherInOneWay(layer: String) {
        #expect(throws: (any Error).self) { try cells(base.replacing("layer: 12", with: layer)) }
    }

    @Test(arguments: [
        "labels: ravdess-7", "labels: {merge: {joy: happy}}", "labels: {keep: [happy]}", "labels: {keep: [happy, joy]}",
        "labels: {drop: [happy]}",
    ])
    func labelsThatTheCorpusLacksAreRefused(labels: String) {
        #expect(throws: (any Error).self) { try cells(base + ", \(labels)") }
    }

    @Test func parametersOfOtherProtocolsAreIdleAndNoPartOfTheCell() throws {
        let cell = try #require(try cells(base + ", split: {k: 5, testFraction: 0.3}").first)
        #expect(Set(cell.division.idleParameters) == ["k", "testFraction"])
        #expect(try cells(base).map(\.parameters) == [cell.parameters])
        let kFold = try #require(
            try cells(base.replacing("emobox-6fold", with: "random-kfold") + ", split: {k: 7}").first)
        #expect(kFold.division.splitProtocol == .randomKFold(k: 7))
        #expect(kFold.division.idleParameters.isEmpty)
    }

    @Test func aProtocolOrAListOfFoldsIsNeeded() {
        let without = base.replacing("protocol: emobox-6fold, ", with: "")
        #expect(throws: (any Error).self) { try cells(without) }
        #expect(throws: CSVListError.unreadable(.folds, path: "/no/such.csv", .absent)) {
            try cells(without + ", folds: /no/such.csv")
        }
    }

    @Test(arguments: [
        "{patience: 3}", "{patience: 3, validation: {}}", "{patience: 3, validation: {speakers: 1, fraction: 0.1}}",
    ])
    func earlyStoppingNeedsOneValidationPart(stopping: String) {
        #expect(throws: (any Error).self) { try cells(base + ", earlyStopping: \(stopping)") }
    }
}
