import Audio
import EmotionHead
import FeatureStore
import Foundation
import Randomness
import Reports
import Wav2Vec2

/// Times the encoder and the training of heads on this machine: the `bench` command.
public struct Benchmark {
    private let clips: Int
    private let runs: Int
    private let jobs: Int

    /// How many clips to embed, how often to time, on how many workers.
    public init(clips: Int, runs: Int, jobs: Int) {
        self.clips = clips
        self.runs = runs
        self.jobs = jobs
    }

    /// Embeds evenly spread clips that are decoded beforehand; the first pass is not counted.
    ///
    /// - Returns: one line with the median of the runs.
    public func timeEncoder(at directory: URL, on audio: URL) throws -> String {
        let encoder = try Encoder(directory: directory)
        var windows: [[Float]] = []
        let clips = try chosen(under: audio).map { file in
            try PreparedClip(
                file.path, name: file.lastPathComponent, expected: nil, preprocessing: encoder.preprocessing
            ) { windows.append($0) }
        }
        let longestFirst = windows.sorted { $0.count > $1.count }
        let seconds = clips.reduce(0) { $0 + $1.seconds }
        let median = try medianTime {
            try onWorkers(jobs, over: longestFirst, makeTool: encoder.makeWorkspace) { samples, workspace in
                _ = try encoder.pooledHiddenStates(of: samples, using: workspace)
            }
        }
        return
            "encoder  \(clips.count) clips, \(seconds.fixed(1)) s of audio, \(jobs) workers, \(encoder.instructionSet): "
            + "\(median.fixed(3)) s, \((seconds / median).fixed(2)) s of audio/s"
    }

    /// Trains the seed's head on 1200 random examples, as many of it at a time as there are workers, one thread each.
    ///
    /// - Returns: one line with the median of the runs: the time a head takes on one worker of that many.
    public func timeHeads() throws -> String {
        let examples = Self.randomExamples(count: 1200, inputs: 768, classes: 8)
        let recipe = TrainingRecipe(
            hidden: [256], dropout: 0.3, optimizer: AdamW(learningRate: 1e-4), schedule: .linear, batch: 16, epochs: 10,
            earlyStopping: nil, seed: 0)
        let rounds = 3
        let median = try medianTime {
            try onWorkers(jobs, over: Array(0..<rounds * jobs), makeTool: {}) { _, _ in
                _ = try train(recipe, classes: 8, training: examples, validation: nil)
            }
        }
        return "heads    768-256-8, 1200 clips, batch 16, 10 epochs, \(counted(jobs, "worker")): "
            + "\((median / Double(rounds)).fixed(4)) s, \((Double(rounds * jobs) / median).fixed(2)) heads/s"
    }

    private static func randomExamples(count: Int, inputs: Int, classes: Int) -> Examples {
        var numbers = SeededGenerator(seed: 0, purpose: "benchmark")
        let features = (0..<count * inputs / 2).flatMap { _ in
            let pair = numbers.normalPair()
            return [Float(pair.0), Float(pair.1)]
        }
        return Examples(inputs: inputs, features: features, labels: (0..<count).map { _ in numbers.below(classes) })
    }

    private func chosen(under root: URL) throws -> [URL] {
        let paths = try CorpusScan.paths(under: root)
        return stride(from: 0, to: paths.count, by: max(1, paths.count / clips)).prefix(clips).map {
            root.appendingPathComponent(paths[$0])
        }
    }

    private func medianTime(_ body: () throws -> Void) rethrows -> Double {
        try body()
        let times = try (0..<runs).map { _ in
            let start = ContinuousClock.now
            try body()
            return start.duration(to: .now).inSeconds
        }
        return times.sorted()[runs / 2]
    }
}
