import Testing

@testable import SpeechEmotion

@Suite struct PredictionFormatTests {
    private let classes = ["calm", "angry"]
    private let computed = Prediction(
        file: "a.wav", probabilities: [0.25, 0.75], seconds: 4, computeSeconds: 0.5)
    private let cached = Prediction(
        file: "odd, \"name\".wav", probabilities: [0.5, 0.5], seconds: 3.25, computeSeconds: nil)

    private func written(as format: PredictionFormat) -> String {
        format.header(classes: classes)
            + [computed, cached].map { format.line($0, classes: classes, width: 15) }.joined()
    }

    @Test func theTableAlignsItsColumns() {
        #expect(
            written(as: .table) == """
                a.wav            angry  0.750  calm   0.250  4.00 s  0.500 s  0.125
                odd, "name".wav  calm   0.500  angry  0.500  3.25 s  cached

                """)
    }

    @Test func jsonQuotesNames() {
        #expect(
            written(as: .json) == #"""
                {"file":"a.wav","predicted":"angry","probabilities":{"calm":0.25,"angry":0.75},"seconds":4.0,"compute_seconds":0.5,"real_time_factor":0.125,"cached":false}
                {"file":"odd, \"name\".wav","predicted":"calm","probabilities":{"calm":0.5,"angry":0.5},"seconds":3.25,"compute_seconds":null,"real_time_factor":null,"cached":true}

                """#)
    }

    @Test func csvQuotesNames() {
        #expect(
            written(as: .csv) == """
                file,predicted,p_calm,p_angry,seconds,compute_seconds,real_time_factor,cached
                a.wav,angry,0.25,0.75,4.0,0.5,0.125,false
                "odd, ""name"".wav",calm,0.5,0.5,3.25,,,true

                """)
    }

    @Test func aFileNameCannotSteerTheTerminal() {
        let odd = Prediction(file: "\u{1b}[2J.wav", probabilities: [1, 0], seconds: 1, computeSeconds: nil)
        let line = PredictionFormat.table.line(odd, classes: classes, width: 0)
        #expect(line.hasPrefix("\\u{1b}[2J.wav  calm"))
        #expect(PredictionFormat.width(of: odd.file) == 13)
    }

    @Test func aNameWithALineBreakStaysInItsRow() {
        let odd = Prediction(file: "a\nb.wav", probabilities: [1, 0], seconds: 1, computeSeconds: nil)
        let line = PredictionFormat.table.line(odd, classes: ["ca\nlm", "\u{1b}[2Jangry"], width: 9)
        #expect(line == "a\\nb.wav   ca\\nlm          1.000  \\u{1b}[2Jangry  0.000  1.00 s  cached\n")
    }
}
