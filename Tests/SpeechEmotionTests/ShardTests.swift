import FeatureStore
import Foundation
import Testing

@testable import SpeechEmotion

@Suite struct ShardTests {
    @Test func isReadAsItIsWritten() throws {
        let shard = try #require(Shard("3/8"))
        #expect((shard.number, shard.count) == (3, 8) && "\(shard)" == "3/8")
        for text in [
            "", "3", "0/8", "9/8", "3/8/1", "-1/8", "+3/8", "3/ 8", "3/", "/8", "1/10001", "٣/8",
            "1/99999999999999999999",
        ] {
            #expect(Shard(text) == nil, "\(text)")
        }
    }

    // int("ba7816bf8f01cfea", 16) % 8 + 1 in Python gives 3, % 7 + 1 gives 3, % 1000 + 1 gives 75.
    @Test func theShareOfAClipIsItsDigestModuloTheirNumber() {
        let abc = Digest(hashing: Data("abc".utf8))
        #expect([1, 8, 7, 1_000].map { Shard.number(of: abc, among: $0) } == [1, 3, 3, 75])
    }

    @Test func everyClipIsInOneShareAndStaysThereWhenOthersCome() throws {
        let shards = try (1...5).map { try #require(Shard(number: $0, count: 5)) }
        let keys = (0..<500).map { Digest.of(["\($0)"]) }
        let sizes = shards.map { shard in keys.count(where: shard.holds) }
        #expect(sizes.reduce(0, +) == keys.count && sizes.allSatisfy { (60...140).contains($0) }, "\(sizes)")
    }
}
