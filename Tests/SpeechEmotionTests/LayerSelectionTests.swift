import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct LayerSelectionTests {
    @Test func allLastAndListsAreRead() throws {
        #expect(try LayerSelection(parsing: "all").layers(of: 3) == [0, 1, 2])
        #expect(try LayerSelection(parsing: "last").layers(of: 13) == [12])
        #expect(try LayerSelection(parsing: "12,0,6").layers(of: 13) == [12, 0, 6])
    }

    @Test(arguments: ["", "first", "1,,2", "-1", "1;2"]) func anythingElseIsRefused(text: String) {
        expectDiagnosis(
            """
            cannot read the list of layers
              where:    --layers
              found:    "\(text)"
              expected: all, last, or layers of the encoder such as 0,6,12
              try:      timbre embed --help
            """, exit: .usage
        ) { try LayerSelection(parsing: text) }
    }

    @Test func aLayerBeyondTheEncoderIsRefused() throws {
        let selection = try LayerSelection(parsing: "0,99,13")
        expectDiagnosis(
            """
            layer 99 is beyond 12, the encoder's last
              where:    --layers
              found:    "0,99,13"
              expected: all, last, or layers from 0 to 12
              try:      leave 99 out of the list
            """, exit: .usage
        ) { try selection.layers(of: 13) }
    }
}
