import Testing

@testable import SpeechEmotion

@Suite struct CorpusSourceTests {
    @Test func ravdessNamesItsLicenceAndItsAuthors() {
        let source = RavdessLayout().source
        #expect(source.licence.hasPrefix("CC BY-NC-SA 4.0"))
        #expect(source.citation?.hasPrefix("Livingstone SR, Russo FA (2018)") == true)
        #expect(source.citation?.hasSuffix("https://doi.org/10.1371/journal.pone.0196391") == true)
        #expect(source.stamp == nil)
    }

    @Test func syntheticSpeechSaysSo() {
        #expect(CorpusSource.synthetic.stamp?.contains("Synthetic") == true)
        #expect(CorpusSource.synthetic.limits.allSatisfy { !$0.contains("actor") })
    }
}
