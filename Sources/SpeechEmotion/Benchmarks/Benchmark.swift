import Audio
import EmotionHead
import FeatureStore
import Foundation
import Kernels
import Randomness
import Reports
import Synchronization
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
    /// - Parameter profiling: whether to tell the parts of the last pass apart.
    /// - Returns: lines with the machine, the median of the runs, and its share of what the processor could do.
    public func timeEncoder(
        at directory: URL, on audio: URL, precision: Precision = .float32, profiling: Bool = false
    ) throws -> String {
        let place = EncoderPlace(directory)
        if let remark = place.remark { Console.standardError.line(remark) }
        let encoder = try Encoder(directory: place.directory, precision: precision)
        let windows = try windows(under: audio, for: encoder).sorted { $0.count > $1.count }
        let profile = Mutex(Profile())
        let median = try medianTime {
            profile.withLock { $0 = Profile() }
            try onWorkers(jobs, over: windows, makeTool: encoder.makeWorkspace) { samples, workspace in
                workspace.profile = profiling ? Profile() : nil
                _ = try encoder.pooledHiddenStates(of: samples, using: workspace)
                if let noted = workspace.profile { profile.withLock { $0.add(noted) } }
            }
        }
        let pass = EncoderPass(
            encoder: encoder, clips: clips, windows: windows.map(\.count), seconds: median, workers: jobs,
            peak: peak(at: precision))
        let lines = [machine(at: precision)] + pass.lines + pass.profile(profile.withLock { $0 })
        return lines.joined(separator: "\n")
    }

    /// One line with the processor, the workers, and what computes.
    public func machine(at precision: Precision) -> String {
        let sets = InstructionSet.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
        return
            "machine  \(Self.processor), \(counted(jobs, "worker")), path \(instructionSet(at: precision)) of \(sets); "
            + "OpenBLAS core \(openBLASCore)"
    }

    /// The processor's name as the kernel tells it.
    private static var processor: String {
        let facts = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let line = facts?.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
        return name.flatMap { $0.isEmpty ? nil : $0 } ?? "an unnamed processor"
    }

    /// The windows of the chosen clips, prepared.
    private func windows(under audio: URL, for encoder: Encoder) throws -> [[Float]] {
        var windows: [[Float]] = []
        for file in try chosen(under: audio) {
            _ = try PreparedClip(
                file.path, name: file.lastPathComponent, expected: nil, preprocessing: encoder.preprocessing
            ) { windows.append($0) }
        }
        return windows
    }

    /// Operations a second of all workers at once, as fast as the processor allows; nil where that cannot be measured.
    private func peak(at precision: Precision) -> Double? {
        let rates = Mutex<[Double]>([])
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            guard let rate = measuredPeak(at: precision, seconds: 0.2) else { return }
            rates.withLock { $0.append(rate) }
        }
        return rates.withLock { $0.isEmpty ? nil : $0.reduce(0, +) }
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
