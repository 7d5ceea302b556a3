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
        return [Digest.of(paths).description, Digest.of(excluded).description, scene.pipeline, timbreVersion]
    }

    func state(for key: StageKey) throws -> StageState {
        guard let recorded = try scene.project.store.recorded(Digest.of(["report", folder.path, key.description])) else {
            return .stale(reason: "\(folder.relativePath) has not been written from these results")
        }
        for line in recorded.split(separator: "\n") {
            let (digest, name) = (line.prefix(64), String(line.dropFirst(65)))
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
                return .stale(reason: "\(folder.relativePath)/\(name) is not there")
            }
            guard Digest(hashing: data).description == digest else {
                return .stale(reason: "\(folder.relativePath)/\(name) has been changed")
            }
        }
        return .fresh(detail: folder.appendingPathComponent("report.md").relativePath)
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let assembly = ReportAssembly(trainStage: trainStage, published: published, bootstrap: bootstrap, scene: scene)
        let files = render(try assembly.report())
        try Project.create(folder)
        for file in files { try Project.write(file.text, to: folder.appendingPathComponent(file.name)) }
        let record = files.map { "\(Digest(hashing: Data($0.text.utf8))) \($0.name)" }.joined(separator: "\n")
        try scene.project.store.record(
            Digest.of(["report", folder.path, context.key.description]), stage: "report", facts: record)
        return StageOutcome(folder.appendingPathComponent("report.md").relativePath)
    }
}

extension PublishedResult {
    /// Reads one row of a report stage's `published`: figures in per cent, as papers print them.
    fileprivate init(_ reader: ParameterReader) throws {
        func share(_ key: String) throws -> Double? { try reader.optional(key, .number(in: 0...100)).map { $0 / 100 } }
        let name = try reader.required("protocol", .text)
        self.init(
            source: try reader.required("source", .text), protocolName: name,
            protocolSummary: (try? SplitProtocol(named: name))?.summary ?? "", uar: try share("ua"),
            accuracy: try share("accuracy"), macroF1: try share("macroF1"), note: try reader.optional("note", .text))
    }
}
