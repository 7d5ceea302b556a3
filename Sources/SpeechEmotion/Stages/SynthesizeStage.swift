import Drafts
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
    private let corpus: SynthesisPlace
    private let encoder: SynthesisPlace
    private let seed: UInt64
    private let scene: Scene

    let resultVersion = SpokenCorpus.resultVersion
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        corpus = .corpus(URL(fileURLWithPath: try reader.required("corpus", .text, excludedFromKey: true)))
        encoder = .encoder(URL(fileURLWithPath: try reader.required("encoder", .text, excludedFromKey: true)))
        seed = try reader.value("seed", .seed, default: 0)
        canonicalParameters = try reader.finish()
        self.scene = scene
    }

    /// Whether a directory carries the mark of a synthesize stage.
    static func madeDirectory(_ directory: URL) -> Bool { SynthesisPlace.isMarked(directory) }

    func externalInputs() throws -> [String] { [] }

    func state(for key: StageKey) throws -> StageState {
        for place in [corpus, encoder] {
            let name = place.directory.relativePath
            guard let made = try place.key() else { return .stale(reason: "\(name) is not there") }
            guard made == key.description else { return .stale(reason: "\(name) was made otherwise") }
        }
        return .fresh(detail: "\(corpus.directory.relativePath), \(encoder.directory.relativePath)")
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let console = scene.options.console
        try replace(corpus, key: context.key, forced: context.isForced) { directory in
            let progress = Progress(
                "speaking", total: RavdessName.all.count, of: "clip", done: "spoken", isKept: false, console: console)
            try SpokenCorpus(directory: directory, seed: seed).speak(jobs: context.jobs) { progress.advance() }
            console.line("  spoke \(progress.summary())")
        }
        try replace(encoder, key: context.key, forced: context.isForced) { directory in
            try UntrainedEncoder.write(to: directory, seed: seed)
        }
        return StageOutcome(
            "\(corpus.directory.relativePath) is synthetic speech, \(encoder.directory.relativePath) an untrained encoder"
        )
    }

    /// Makes a directory beside its place, marks it and moves it there.
    private func replace(_ place: SynthesisPlace, key: StageKey, forced: Bool, make: (URL) throws -> Void) throws {
        let directory = place.directory
        let claim = waiting(
            tell: { scene.options.console.line("  waiting for another process that makes \(directory.relativePath)") },
            for: { scene.project.store.claim(Digest.of(["synthesize", directory.standardizedFileURL.path])) })
        try withExtendedLifetime(claim) { try replaceClaimed(place, key: key, forced: forced, make: make) }
    }

    /// Another process may have made the directory while this one waited for the claim.
    private func replaceClaimed(
        _ place: SynthesisPlace, key: StageKey, forced: Bool, make: (URL) throws -> Void
    ) throws {
        let (files, directory) = (FileManager.default, place.directory)
        if try place.key() == key.description, !forced { return }
        try place.checkReplaceable(cache: scene.project.cache)
        let parent = directory.deletingLastPathComponent()
        try Project.create(parent)
        let draft = try Project.writing(directory) { try Draft.folder(in: parent) }
        let made = draft.url.appendingPathComponent("made")
        try make(made)
        try Project.writing(directory) {
            try Data(key.description.utf8).write(to: made.appendingPathComponent(SynthesisPlace.markName))
            try? files.removeItem(at: directory)
            try files.moveItem(at: made, to: directory)
        }
    }
}
