import FeatureStore
import Foundation
import Pipeline
import Wav2Vec2

/// Stage kind `synthesize`: makes the demo's inputs, a spoken corpus and an encoder with random weights.
///
///     inputs: {kind: synthesize, corpus: cache/corpora/demo, encoder: cache/encoders/demo, seed: 0}
///
/// Each directory carries a mark with the key that made it; one without a mark is never replaced.
final class SynthesizeStage: StageWork {
    private let corpus: URL
    private let encoder: URL
    private let seed: UInt64
    private let scene: Scene

    let resultVersion = SpokenCorpus.resultVersion
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        corpus = URL(fileURLWithPath: try reader.required("corpus", .text, excludedFromKey: true))
        encoder = URL(fileURLWithPath: try reader.required("encoder", .text, excludedFromKey: true))
        seed = try reader.value("seed", .seed, default: 0)
        canonicalParameters = try reader.finish()
        self.scene = scene
    }

    /// Whether a directory carries the mark of a synthesize stage.
    static func madeDirectory(_ directory: URL) -> Bool { (try? Mark(in: directory)) != nil }

    func externalInputs() throws -> [String] { [] }

    func state(for key: StageKey) throws -> StageState {
        for directory in [corpus, encoder] {
            guard FileManager.default.fileExists(atPath: directory.path) else {
                return .stale(reason: "\(directory.relativePath) is not there")
            }
            guard try Mark(in: directory).key == key.description else {
                return .stale(reason: "\(directory.relativePath) was made otherwise")
            }
        }
        return .fresh(detail: "\(corpus.relativePath), \(encoder.relativePath)")
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let console = scene.options.console
        try replace(corpus, key: context.key, forced: context.isForced) { directory in
            let progress = Progress("speaking", total: RavdessName.all.count, of: "clip", console: console)
            try SpokenCorpus(directory: directory, seed: seed).speak(jobs: context.jobs) { progress.advance() }
            console.line("  spoke \(progress.summary())")
        }
        try replace(encoder, key: context.key, forced: context.isForced) { directory in
            try UntrainedEncoder.write(to: directory, seed: seed)
        }
        return StageOutcome("\(corpus.relativePath) is synthetic speech, \(encoder.relativePath) an untrained encoder")
    }

    /// Makes a directory beside its place, marks it and moves it there.
    private func replace(_ directory: URL, key: StageKey, forced: Bool, make: (URL) throws -> Void) throws {
        let files = FileManager.default
        if files.fileExists(atPath: directory.path) {
            if try Mark(in: directory).key == key.description, !forced { return }
        }
        let parent = directory.deletingLastPathComponent()
        try Project.create(parent)
        let beside = parent.appendingPathComponent(".\(directory.lastPathComponent).\(UUID().uuidString)")
        do {
            try make(beside)
            try Data(key.description.utf8).write(to: beside.appendingPathComponent(Mark.fileName))
            try? files.removeItem(at: directory)
            try files.moveItem(at: beside, to: directory)
        } catch {
            try? files.removeItem(at: beside)
            throw error
        }
    }

    /// What tells a directory that this stage made from one that a user put there.
    private struct Mark {
        static let fileName = ".timbre-synthesized"
        let key: String

        init(in directory: URL) throws {
            let file = directory.appendingPathComponent(Self.fileName)
            guard let text = try? String(contentsOf: file, encoding: .utf8) else {
                throw SynthesisError.refusesToReplace(path: directory.relativePath)
            }
            key = text
        }
    }
}
