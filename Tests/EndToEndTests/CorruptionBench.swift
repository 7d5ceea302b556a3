import Checkpoints
import Foundation
import Randomness
import TestSupport
import Testing

@testable import FeatureStore

/// A workbench whose pipeline has run undisturbed, to be damaged and put back again and again.
struct CorruptionBench {
    let bench: Workbench
    /// The undisturbed report.
    let report: [String: Data]
    /// What was there: the cache, the report, the encoder and the corpus.
    private let saved: URL
    private static let parts = ["cache", "reports", "encoder", "corpus"]

    /// How the encoder's weights lie on disk.
    enum Weights: String, CaseIterable {
        case safetensors = "model.safetensors"
        case pickle = "pytorch_model.bin"
    }

    /// The clip that is FLAC.
    static let losslesslyPacked = "corpus/\(Workbench.names[0].path)"

    /// What became of a trial.
    enum Result: String, CaseIterable {
        /// The report is what it was and nobody noticed anything.
        case harmless
        /// The program told of damage, and the report is what it was.
        case healed
        /// The program refused, and after what it said to do the report is what it was.
        case refused
        /// The input is another now, and the report says which.
        case told
    }

    /// Runs the pipeline undisturbed, with one clip in FLAC under its corpus's name for it.
    init(_ bench: Workbench, weights: Weights = .safetensors) throws {
        self.bench = bench
        saved = bench.url("saved")
        try Data(contentsOf: fixture("audio/noise.flac")).write(to: bench.url(Self.losslesslyPacked))
        if weights == .pickle { try bench.repackWeights() }
        try bench.write(Self.stageFile, to: "small.yaml")
        // Files just written are digested at each look; these are to be remembered.
        for part in ["encoder", "corpus"] { try Self.backdate(bench.url(part)) }
        let outcome = try bench.timbre("run", "small.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        report = try bench.report()
        try FileManager.default.createDirectory(at: saved, withIntermediateDirectories: true)
        for part in Self.parts {
            try FileManager.default.copyItem(at: bench.url(part), to: saved.appendingPathComponent(part))
        }
    }

    var database: URL { bench.url("cache/features.sqlite") }

    /// Puts everything back as it was after the undisturbed run.
    func restore() throws {
        for part in ["cache", "reports"] {
            try? FileManager.default.removeItem(at: bench.url(part))
            try FileManager.default.copyItem(at: saved.appendingPathComponent(part), to: bench.url(part))
        }
    }

    /// Puts the bytes of one file back.
    func restore(_ path: String) throws {
        try Data(contentsOf: saved.appendingPathComponent(path)).write(to: bench.url(path))
    }

    /// Turns one to three bits, or replaces as many bytes, anywhere in a file; says which.
    func damage(_ path: String, _ generator: inout SeededGenerator) throws -> String {
        var bytes = try Data(contentsOf: bench.url(path))
        let isByte = generator.below(2) == 0
        let places = (0...generator.below(3)).map { _ in generator.below(bytes.count) }
        for place in places {
            bytes[place] ^= isByte ? UInt8(1 + generator.below(255)) : 1 << UInt8(generator.below(8))
        }
        let handle = try FileHandle(forWritingTo: bench.url(path))
        try handle.write(contentsOf: bytes)
        try handle.close()
        return "\(path) at \(places)"
    }

    /// Makes the store believe that a file is what it was although it has been written: as after a disk turned a bit.
    func forgetTheWriting(of path: String) throws {
        let file = bench.url(path).path
        let store = try FeatureStore(at: database)
        let digest = try #require(try store.rememberedDigests()[file])
        let stamp = try FileStamp(ofPath: file)
        let believed = HashedFile(digest: digest, stamp: stamp, hashedAt: stamp.modified + 10_000_000_000)
        try store.remember([(file, .success(believed))])
        try store.close()
    }

    /// Runs the pipeline until it is through, doing what each refusal says, and compares the report.
    ///
    /// - Parameter mend: what the user does about a file that is named as damaged; nil where only the cache is.
    /// - Returns: nil, with an issue, for a report that is silently another or a program that ends otherwise.
    func outcome(
        _ arguments: [String] = [], _ trial: String, mend: (() throws -> Void)? = nil
    ) throws -> Result? {
        var refusals = 0
        while true {
            let run = try bench.timbre(["run", "small.yaml"] + arguments)
            if run.status == 0 {
                guard try bench.report() == report else {
                    Issue.record("\(trial): another report\n\(run.errors)")
                    return nil
                }
                return refusals > 0 ? .refused : run.errors.contains("warning") ? .healed : .harmless
            }
            refusals += 1
            guard [65, 74].contains(run.status), refusals < 4 else {
                Issue.record("\(trial): status \(run.status)\n\(run.errors)")
                return nil
            }
            try follow(run.errors, trial, mend)
        }
    }

    /// Does what a message says to try, as the shell line that it is.
    private func follow(_ message: String, _ trial: String, _ mend: (() throws -> Void)?) throws {
        if let rescue = message.firstMatch(of: /try: +(timbre cache verify --drop .+)/)?.1 {
            let outcome = try bench.shell("timbre() { \"$0\" \"$@\"; }; \(rescue)")
            #expect(outcome.status == 0, "\(trial): \(message)\n\(outcome)")
        } else if let move = message.firstMatch(of: /mv (\S+) (\S+\.aside)/) {
            try? FileManager.default.removeItem(atPath: String(move.2))
            try FileManager.default.moveItem(atPath: String(move.1), toPath: String(move.2))
        } else if let mend {
            try mend()
        } else {
            Issue.record("\(trial): nothing to try in\n\(message)")
        }
    }

    private static func backdate(_ directory: URL) throws {
        let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: file.path)
        }
    }

    /// As little as gives every kind of row: validation and test answers, epochs, saved heads.
    private static let stageFile = """
        # Does it notice?
        name: small
        stages:
          clips: {kind: corpus, layout: ravdess, root: corpus, complete: false}
          embeddings: {kind: embed, needs: clips, encoder: encoder}
          heads:
            kind: train
            needs: embeddings
            protocol: leave-one-speaker-out
            layer: {concatenate: [0, 2]}
            head: {hidden: 8, dropout: 0.1}
            optimizer: {kind: adamw, learningRate: 1e-2}
            batch: 8
            epochs: 2
            earlyStopping: {patience: 2, validation: {speakers: 1}}
          report: {kind: report, needs: heads, bootstrap: {draws: 100}, pictures: 1}

        """
}

extension Workbench {
    /// Puts a PyTorch `.bin` of the same weights in the place of the encoder's safetensors.
    fileprivate func repackWeights() throws {
        let weights = url("encoder/\(CorruptionBench.Weights.safetensors.rawValue)")
        let tensors = try Checkpoint(contentsOf: weights).tensors.sorted { $0.key < $1.key }
        var storages: [String: Data] = [:]
        let pickle = try HandmadePickle.ofState { pickle in
            for (index, (name, tensor)) in tensors.enumerated() {
                let values = try tensor.floats()
                storages["\(index)"] = values.withUnsafeBytes { Data($0) }
                pickle.tensor(
                    name, storage: "\(index)", count: values.count, shape: tensor.shape,
                    strides: tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) })
            }
        }
        try HandmadeArchive.ofCheckpoint(pickle, storages: storages).bytes.write(
            to: url("encoder/\(CorruptionBench.Weights.pickle.rawValue)"))
        try FileManager.default.removeItem(at: weights)
    }
}
