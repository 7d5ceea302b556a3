import Foundation
import Testing

@testable import FeatureStore

@Suite struct DigestTests {
    // "abc" of FIPS 180-2, appendix B.1.
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func hashesAsSHA256Does() {
        #expect(Digest(hashing: Data("abc".utf8)).hex == abc)
        #expect("\(Digest(hashing: Data("abc".utf8)))" == abc)
    }

    @Test func survivesHexadecimalsAndBytes() throws {
        let digest = Digest(hashing: Data("abc".utf8))
        #expect(Digest(hex: abc) == digest)
        #expect(Digest(hex: abc.uppercased()) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(digest.bytes.first == 0xBA)
        #expect(digest.bytes.last == 0xAD)
    }

    @Test func itsFirstEightBytesAreANumber() {
        #expect(Digest(hashing: Data("abc".utf8)).leadingNumber == 0xBA78_16BF_8F01_CFEA)
    }

    @Test func refusesWhatIsNotADigest() {
        #expect(Digest(hex: "") == nil)
        #expect(Digest(hex: String(abc.dropLast())) == nil)
        #expect(Digest(hex: abc.dropLast() + "g") == nil)
        #expect(Digest(hex: abc + "0") == nil)
        #expect(Digest(bytes: [1, 2, 3]) == nil)
    }

    @Test func partsAreHashedWithTheirLengthsBeforeThem() {
        // Python: hashlib.sha256(b"".join(struct.pack("<Q", len(p)) + p for p in ("one".encode(), "två".encode())))
        #expect(Digest.of(["one", "två"]).hex == "9c8daa3dfc719ac39e7afe41039c59e311cc2470e875813662cf791e3fe8d606")
    }

    @Test func noTwoListsOfPartsShareADigest() {
        let lists = [[], [""], ["", ""], ["ab"], ["a", "b"], ["b", "a"], ["ab", ""], ["", "ab"]]
        #expect(Set(lists.map(Digest.of)).count == lists.count)
    }

    @Test func ordersAsItsHexadecimalsDo() {
        let digests = (0..<50).map { Digest.of(["\($0)"]) }
        #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    }
}
