import Testing

@testable import EmotionHead

@Suite struct HeadArchitectureTests {
    @Test func linearLayersAreNumberedAsInASequential() {
        let shapes = HeadArchitecture(inputs: 768, hidden: [256, 64], classes: 8, dropout: 0.3).linearShapes
        #expect(shapes.map(\.module) == [0, 3, 6])
        #expect(shapes.map(\.inputs) == [768, 256, 64])
        #expect(shapes.map(\.outputs) == [256, 64, 8])
    }

    @Test func logisticRegressionIsOneLinearLayer() {
        let shapes = HeadArchitecture(inputs: 768, hidden: [], classes: 8, dropout: 0).linearShapes
        #expect(shapes == [LinearShape(position: 0, inputs: 768, outputs: 8)])
    }
}
