import Testing

@testable import SpeechEmotion

@Suite struct PredictionFormatTests {
    private let predictions = Predictions(
        classes: ["calm", "angry"],
        items: [
            Prediction(file: "a.wav", probabilities: [0.25, 0.75]),
            Prediction(file: "odd, \"name\".wav", probabilities: [0.5, 0.5]),
        ], problems: [])

    @Test func theTableAlignsItsColumns() {
        #expect(
            PredictionFormat.table.render(predictions) == """
                a.wav            angry  0.750  calm   0.250
                odd, "name".wav  calm   0.500  angry  0.500

                """)
    }

    @Test func jsonQuotesNames() {
        #expect(
            PredictionFormat.json.render(predictions) == #"""
                {"file":"a.wav","predicted":"angry","probabilities":{"calm":0.25,"angry":0.75}}
                {"file":"odd, \"name\".wav","predicted":"calm","probabilities":{"calm":0.5,"angry":0.5}}

                """#)
    }

    @Test func csvQuotesNames() {
        #expect(
            PredictionFormat.csv.render(predictions) == """
                file,predicted,p_calm,p_angry
                a.wav,angry,0.25,0.75
                "odd, ""name"".wav",calm,0.5,0.5

                """)
    }
}
