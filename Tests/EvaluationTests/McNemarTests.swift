import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct McNemarTests {
    @Test func equalsSciPysBinomialTest() throws {
        let cases = try pairedFixture().mcnemar
        #expect(cases.count > 100)
        for expected in cases {
            let test = McNemar(onlyFirstRight: expected.onlyFirst, onlySecondRight: expected.onlySecond)
            #expect(abs(test.pValue - expected.p) <= 1e-9 * expected.p, "\(expected)")
        }
    }

    @Test func countsTheClipsThatOnlyOneAnswersRightly() {
        let test = McNemar(first: [true, true, false, false, true], second: [true, false, true, false, false])
        #expect(test == McNemar(onlyFirstRight: 2, onlySecondRight: 1))
        #expect(test.onlyFirstRight == 2 && test.onlySecondRight == 1)
    }

    @Test func withoutDiscordantClipsNothingSpeaksAgainstEquality() {
        #expect(McNemar(first: [true, false], second: [true, false]).pValue == 1)
    }

    @Test func whoComesFirstDoesNotMatter() {
        for (one, other) in [(3, 17), (0, 6), (250, 301)] {
            let test = McNemar(onlyFirstRight: one, onlySecondRight: other)
            #expect(test.pValue == McNemar(onlyFirstRight: other, onlySecondRight: one).pValue)
        }
    }

    @Test func resultsOnDifferentNumbersOfClipsTrap() async {
        await #expect(processExitsWith: .failure) { _ = McNemar(first: [true], second: [true, false]) }
    }
}
