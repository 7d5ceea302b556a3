import Foundation
import Randomness
import TestSupport
import Testing

@testable import FeatureStore

/// README: `cache verify` computes embeddings again, and finds what no checksum tells.
@Suite struct RecheckPromiseTests {
    private static let verify = ["cache", "verify", "--sample", "\(Workbench.names.count)"]

    @Test func anEmbeddingThatItsEncoderDoesNotGiveIsDamage() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let sound = try bench.timbre(Self.verify)
            #expect(sound.status == 0, "\(sound)")
            let report = try bench.report()
            let count = Trials.count(2, full: 40)
            for seed in 0..<count { try expectDamage(seed: seed, bench, report) }
            Trials.tell(
                "embeddings computed again",
                "\(count) of which one bit was turned and the checksum made to fit, each named and made again, "
                    + "the same report")
        }
    }

    private func expectDamage(seed: Int, _ bench: Workbench, _ report: [String: Data]) throws {
        var generator = SeededGenerator(seed: UInt64(seed), purpose: "turned bit of an embedding")
        let clip = Workbench.names[generator.below(Workbench.names.count)].path
        let trial = "seed \(seed), \(clip) at \(try turnABit(of: clip, bench, &generator))"
        let outcome = try bench.timbre(Self.verify)
        #expect(outcome.status == 65, "\(trial): \(outcome)")
        let named = outcome.errors.split(separator: "\n").filter { $0.hasSuffix(" from what its encoder gives") }
        #expect(named.count == 1 && named[0].contains("/\(clip): "), "\(trial): \(outcome.errors)")
        let dropping = try bench.timbre(Self.verify + ["--drop"])
        #expect(dropping.status == 0, "\(trial): \(dropping)")
        let rerun = try bench.timbre("run", "small.yaml", "--force", "heads")
        #expect(rerun.errors.contains("embedded 1 clip "), "\(trial): \(rerun.errors)")
        #expect(try bench.report() == report, "\(trial): another report")
    }

    /// Puts another embedding, with a checksum of its own, in the place of a clip's, and says which number and bit differ.
    private func turnABit(of clip: String, _ bench: Workbench, _ generator: inout SeededGenerator) throws -> String {
        let store = try FeatureStore(at: bench.url("cache/features.sqlite"))
        let key = try Digest(hashingFile: bench.url("corpus/\(clip)"))
        let recipe = try #require(try store.recipes().first)
        var embedding = try #require(try store.embeddings(of: [key], recipe: recipe)[key])
        // The highest bits make infinities, which no store takes, and another zero, which is as good.
        let (place, bit) = (generator.below(embedding.values.count), generator.below(30))
        embedding.values[place] = Float(bitPattern: embedding.values[place].bitPattern ^ (1 << UInt32(bit)))
        try store.store(embedding, clip: key, recipe: recipe)
        try store.close()
        return "number \(place), bit \(bit)"
    }
}
