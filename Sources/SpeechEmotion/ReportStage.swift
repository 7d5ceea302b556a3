import Evaluation
import FeatureStore
import Foundation
import Pipeline
import Reports

/// Stage kind `report`: turns stored predictions into metrics and pictures; trains nothing and reads no audio.
///
///     report:
///       kind: report
///       needs: heads
///       published:
///         - {source: EmoBox, protocol: emobox-6fold, ua: 54.33, accuracy: 55.40, macroF1: 53.99}
final class ReportStage: StageWork {
    private let trainStage: TrainStage
    private let published: [PublishedResult]
    private let bootstrap: SpeakerBootstrap
    private let scene: Scene

    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, trainStage: TrainStage, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        published = try reader.mappings("published").map(PublishedResult.init)
        let interval = try reader.mappingOrDefaults("bootstrap")
        bootstrap = SpeakerBootstrap(
            draws: try interval.value("draws", .wholeNumber(in: 100...1_000_000), default: 10_000),
            seed: try interval.value("seed", .seed, default: 0))
        canonicalParameters = try reader.finish()
        self.trainStage = trainStage
        self.scene = scene
    }

    /// The folder that the report is written into.
    var folder: URL { scene.project.report(of: scene.pipeline) }

    /// The paths too: a renamed clip keeps its embedding and its trainings, but the report names it.
    func externalInputs() throws -> [String] {
        let paths = try trainStage.labelledClips().map(\.path)
        let excluded = try trainStage.embedStage.excluded().flatMap { [$0.path, $0.reason] }
        let isSynthetic = trainStage.embedStage.corpusStage.isSynthetic
        return [
            Digest.of(paths).description, Digest.of(excluded).description, scene.pipeline, timbreVersion,
            "\(isSynthetic)",
        ]
    }

    func state(for key: StageKey) throws -> StageState {
        guard let written = try lastWritten(), written.key == key.description else {
            return .stale(reason: "\(folder.relativePath) has not been written from these results")
        }
        for file in written.files {
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(file.name)) else {
                return .stale(reason: "\(folder.relativePath)/\(file.name) is not there")
            }
            guard Digest(hashing: data).description == file.digest else {
                return .stale(reason: "\(folder.relativePath)/\(file.name) has been changed")
            }
        }
        return .fresh(detail: folder.appendingPathComponent("report.md").relativePath)
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let assembly = ReportAssembly(trainStage: trainStage, published: published, bootstrap: bootstrap, scene: scene)
        let files = render(try assembly.report())
        try Project.create(folder)
        // Pictures of cells that are no longer asked for would be taken for this report's.
        for old in try lastWritten()?.files ?? [] where !files.contains(where: { $0.name == old.name }) {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(old.name))
        }
        for file in files { try Project.write(file.text, to: folder.appendingPathComponent(file.name)) }
        try scene.project.store.record(recordKey, stage: "report", facts: WrittenReport(context.key, files).text)
        return StageOutcome(folder.appendingPathComponent("report.md").relativePath)
    }

    /// What the store's ledger knows this folder by.
    var recordKey: Digest { Digest.of(["report folder", folder.path]) }

    private func lastWritten() throws -> WrittenReport? {
        try scene.project.store.recorded(recordKey).flatMap(WrittenReport.init)
    }
}

/// What a report stage last wrote into its folder: the stage key and each file's name and SHA-256.
struct WrittenReport: Equatable {
    struct File: Equatable {
        let name: String
        let digest: String
    }

    let key: String
    let files: [File]

    init(_ key: StageKey, _ files: [RenderedFile]) {
        self.key = key.description
        self.files = files.map { File(name: $0.name, digest: Digest(hashing: Data($0.text.utf8)).description) }
    }

    /// Reads what ``text`` has written.
    init?(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        guard let head = lines.first, head.count == 1, lines.dropFirst().allSatisfy({ $0.count == 2 }) else {
            return nil
        }
        key = head[0]
        files = lines.dropFirst().map { File(name: $0[1], digest: $0[0]) }
    }

    /// The key, then a line a file: its digest, a space, its name.
    var text: String { ([key] + files.map { "\($0.digest) \($0.name)" }).joined(separator: "\n") }
}

extension PublishedResult {
    /// Reads one row of a report stage's `published`: figures in per cent, as papers print them.
    fileprivate init(_ reader: ParameterReader) throws {
        func share(_ key: String) throws -> Double? { try reader.optional(key, .number(in: 0...100)).map { $0 / 100 } }
        let name = try reader.required("protocol", .text)
        let known = (try? SplitProtocol(named: name))?.summary
        let summary =
            try known.map { try reader.value("protocolSummary", .text, default: $0) }
            ?? reader.required("protocolSummary", .text)
        self.init(
            source: try reader.required("source", .text), protocolName: name,
            protocolSummary: summary, uar: try share("ua"),
            accuracy: try share("accuracy"), macroF1: try share("macroF1"), note: try reader.optional("note", .text))
    }
}
