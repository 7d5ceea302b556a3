import Foundation
import Randomness
import SpeechEmotion
import TestSupport
import Testing

@Suite(.enabled(if: Sanitizer.isOff, "\(Sanitizer.skipped)")) struct MemoryPromiseTests {
    /// Bytes that one more clip of 1.8 s may add: its path in several tables, its digest, its answers in the report.
    ///
    /// Decoded it has 115,200 bytes.
    private static let bytesOfOneClip = 3_000
    /// Bytes by which two runs on one corpus may differ: in which order two workers meet which clips.
    private static let chance = 8_000_000

    @Test func aBigCorpusGoesAllTheWayInFlatMemory() throws {
        let (some, many) = (Trials.count(300, full: 2_000), Trials.count(1_200, full: 20_000))
        let (small, large) = (try peakMemory(clips: some), try peakMemory(clips: many))
        let each = (large - small) / (many - some)
        #expect(
            large < small + (many - some) * Self.bytesOfOneClip + Self.chance,
            "\(some) clips took \(small) bytes, \(many) took \(large): \(each) for each more")
        Trials.tell(
            "memory",
            "\(some) clips of 1.8 s took \(small / 1_000_000) MB, \(many) took \(large / 1_000_000) MB: "
                + "\(each) bytes for each more")
    }

    /// The program's peak memory in bytes for a corpus of so many clips: listed, embedded, trained on, reported.
    private func peakMemory(clips: Int) throws -> Int {
        try Workbench.use(clips: []) { bench in
            try write(clips, to: bench.url("corpus"))
            try bench.write(Self.stageFile, to: "large.yaml")
            let (outcome, peak) = try bench.timbreWatchingMemory("run", "large.yaml", "--jobs", "2")
            #expect(outcome.errors.contains("embedded \(clips) clips"), "\(outcome.errors)")
            #expect(outcome.output == "done: reports/large/report.html\n")
            return peak
        }
    }

    /// Clips of all speakers and emotions, as many takes of RAVDESS's 1440 names as it needs.
    ///
    /// Each is a stretch of one long noise, a sample further on than the one before: no two are alike.
    private func write(_ clips: Int, to corpus: URL) throws {
        let frames = Int(1.8 * 8_000)
        var random = SeededGenerator(seed: 6, purpose: "noise")
        let noise = (0..<frames + clips).map { _ in Int16(truncatingIfNeeded: random.below(16_000) - 8_000) }
        let bytes = WAVBytes([noise], sampleRate: 8_000).data.dropFirst(44)
        let header = WAVBytes([[Int16](noise.prefix(frames))], sampleRate: 8_000).data.prefix(44)
        let names = RavdessName.all
        for clip in 0..<clips {
            // 60 names a speaker: the next clip is the next speaker's.
            let path = "take-\(clip / names.count)/\(names[61 * clip % names.count].path)"
            let file = corpus.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try (header + bytes.dropFirst(2 * clip).prefix(2 * frames)).write(to: file)
        }
    }

    private static let stageFile = """
        # Does memory grow with the corpus?
        name: large
        stages:
          clips: {kind: corpus, layout: ravdess, root: corpus, complete: false}
          embeddings: {kind: embed, needs: clips, encoder: encoder}
          heads:
            kind: train
            needs: embeddings
            protocol: speaker-kfold
            split: {k: 2}
            layer: {concatenate: all}
            head: {hidden: 16}
            optimizer: {learningRate: 1e-3}
            batch: 64
            epochs: 1
          report: {kind: report, needs: heads}

        """
}
