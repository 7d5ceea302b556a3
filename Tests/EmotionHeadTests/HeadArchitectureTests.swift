import Foundation
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

    @Test func statesAreWrittenOnlyWhereThereAreSeveral() throws {
        #expect(try json(1) == #"{"classes":2,"dropout":0,"hidden":[4],"inputs":3}"#)
        #expect(try json(13) == #"{"classes":2,"dropout":0,"hidden":[4],"inputs":3,"states":13}"#)
    }

    @Test(arguments: [1, 13]) func readsWhatItWrote(_ states: Int) throws {
        let read = try JSONDecoder().decode(HeadArchitecture.self, from: Data(json(states).utf8))
        #expect(read == HeadArchitecture(states: states, inputs: 3, hidden: [4], classes: 2, dropout: 0))
        #expect(read.exampleWidth == 3 * states)
    }

    private func json(_ states: Int) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let architecture = HeadArchitecture(states: states, inputs: 3, hidden: [4], classes: 2, dropout: 0)
        return String(decoding: try encoder.encode(architecture), as: UTF8.self)
    }
}
