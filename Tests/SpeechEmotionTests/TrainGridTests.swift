import Evaluation
import Pipeline
import Testing

@testable import SpeechEmotion

@Suite struct TrainGridTests {
    @Test func cellsStandInTheOrderOfTheGridHoweverManyRead() throws {
        let text = "seed: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], layer: [3, 6]"
        let (one, many) = (try grid(text, jobs: 1), try grid(text, jobs: 5))
        #expect(one.cells.map(\.id) == many.cells.map(\.id))
        #expect(one.cells.map(\.recipe.seed) == Array(0..<12) + Array(0..<12))
        #expect(one.axes == ["layer", "seed"])
    }

    @Test func theFirstOfSeveralWrongPointsIsTold() throws {
        for jobs in [1, 4] {
            let error = #expect(throws: PipelineError.self) {
                try grid("layer: [1, x, 2, y, 3, z]", jobs: jobs)
            }
            #expect(error?.diagnosis.found == "\"x\" (text)")
        }
    }

    @Test func encodersMultiplyTheCellsFirstOneFirst() throws {
        let cells = try grid("layer: [3, 6]").cells(onEachOf: ["a", "b"])
        #expect(cells.map(\.encoderName) == ["a", "a", "b", "b"])
        #expect(Set(cells.map(\.id)).count == 4)
    }

    @Test func axesOfSomeCellsOnlyAreAxes() throws {
        let grid = try grid(
            "layer: [3, {average: all}], optimizer: [{learningRate: 1e-4}, {learningRate: [1e-3, 1e-2]}]")
        #expect(grid.axes == ["layer", "optimizer", "optimizer.learningRate"])
        #expect(grid.cells.count == 6)
    }

    @Test func pointsThatMeanTheSameAreRefused() {
        #expect(throws: StageError.self) { try grid("layer: 3, head: [{hidden: 256}, {dropout: 0.3}]") }
    }

    @Test func aParameterThatNoProtocolTakesIsRefused() {
        #expect(throws: StageError.idleParameter(stage: "heads", parameter: "split.k", protocols: ["emobox-6fold"])) {
            try grid("layer: 3, split: {k: 3}")
        }
        #expect(throws: Never.self) { try grid("layer: 3, split: {k: 3}", protocols: "[emobox-6fold, speaker-kfold]") }
    }

    private func grid(_ parameters: String, protocols: String = "emobox-6fold", jobs: Int = 2) throws -> TrainGrid {
        let optimizer = parameters.contains("optimizer") ? "" : ", optimizer: {learningRate: 1e-4}"
        let file = try StageFile(
            text:
                "name: test\nstages:\n  heads: {kind: train, protocol: \(protocols), \(parameters)\(optimizer), batch: 16, epochs: 10}\n",
            named: "test.yaml")
        return try TrainGrid(
            file.declarations[0], labels: CorpusLabels(classes: RavdessName.emotions, name: "ravdess-8"), jobs: jobs)
    }
}
