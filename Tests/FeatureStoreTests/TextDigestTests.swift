import FeatureStore
import Testing

@Suite struct TextDigestTests {
    @Test func textsThatComePieceByPieceHaveTheDigestOfTheWholeList() {
        var texts = TextDigest()
        #expect(texts.digest == Digest.of([]))
        texts.add(["one", "två"])
        #expect(texts.digest == Digest.of(["one", "två"]))
        texts.add([])
        texts.add([""])
        texts.add(["three"])
        #expect(texts.digest == Digest.of(["one", "två", "", "three"]))
    }

    @Test func whereOneTextEndsIsPartOfTheDigest() {
        let digests = [["ab", "c"], ["a", "bc"], ["abc"]].map { list in
            var texts = TextDigest()
            for text in list { texts.add([text]) }
            return texts.digest
        }
        #expect(Set(digests).count == 3)
    }
}
