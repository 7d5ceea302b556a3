import Testing

@testable import SpeechEmotion

@Suite struct FeatureSelectionTests {
    private static let all: [FeatureSelection] = [
        .layer(12), .concatenation(.all), .concatenation(.some([3, 6, 9])), .average(.some([0, 12])), .average(.all),
        .weightedSum(.all), .weightedSum(.some([1, 2])),
    ]

    @Test(arguments: all) func whatAHeadsFileSaysReadsBack(_ selection: FeatureSelection) {
        #expect(FeatureSelection(code: selection.code) == selection)
    }

    @Test(arguments: ["", "x", "-1", "average", "average x", "average 1,,2", "sum all", "12 all", "concatenation 0,0"])
    func whatNoHeadsFileSaysIsRefused(_ code: String) {
        #expect(FeatureSelection(code: code) == nil)
    }

    @Test func averagesAreTakenFeatureByFeature() {
        let states: [Float] = [1, 2, 10, 20, 100, 200]
        #expect(FeatureSelection.average(.all).features(ofStates: states[...], hidden: 2) == [37, 74])
        #expect(FeatureSelection.weightedSum(.all).features(ofStates: states[...], hidden: 2) == states)
        #expect(FeatureSelection.average(.all).features(ofStates: states[2...], hidden: 2) == [55, 110])
    }

    @Test func onlyAWeightedSumIsMixedByTheHead() {
        #expect(Self.all.map { $0.mixedStates(of: 13) } == [1, 1, 1, 1, 1, 13, 2])
        #expect(Self.all.map { $0.layers(of: 13).count } == [1, 13, 3, 2, 13, 13, 2])
    }

    @Test func wordsNameTheLayers() {
        #expect(
            Self.all.map(\.words) == [
                "12", "concatenation of all", "concatenation of 3, 6, 9", "average of 0, 12", "average of all",
                "weighted sum of all", "weighted sum of 1, 2",
            ])
    }
}
