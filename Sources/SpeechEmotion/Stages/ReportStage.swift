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
///       select: {by: uaValidation, over: [layer, head]}   # nested selection; none unless asked for
///       compare: first                                    # all, first, or a cell's id
///       pictures: 12                                      # how many cells have pictures of their own
///       bootstrap: {draws: 10000, confidence: 0.95, seed: 0}
///       palette: blue                                     # blue, green, orange, purple or grey
///       labels: {merge: {calm: neutral}}                  # classes counted as one; no head is trained anew
///       claimedConfusions: [[neutral, calm]]              # what others say is confused most, to be looked at by name
///       published:
///         - {source: EmoBox, protocol: emobox-6fold, ua: 54.33, accuracy: 55.40, macroF1: 53.99}
final class ReportStage: StageWork {
    private let trainStage: TrainStage
    private let settings: ReportSettings
    private let scene: Scene

    let resultVersion = 3
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, trainStage: TrainStage, scene: Scene) throws {
        let reader = declaration.parameters.reader()
        settings = try ReportSettings(
            reader, cells: trainStage.cells, axes: trainStage.axes,
            corpusClasses: trainStage.embedStage.corpusStage.labels.classes)
        canonicalParameters = try reader.finish()
        self.trainStage = trainStage
        self.scene = scene
    }

    /// How the report's intervals are drawn.
    var bootstrap: SpeakerBootstrap { settings.bootstrap }

    /// The folder that the report is written into.
    var folder: URL { scene.project.report(of: scene.pipeline) }

    /// The paths and the names of cells and encoders too: renamed, they keep what was computed, but the report names them.
    func externalInputs() throws -> [String] {
        let paths = try trainStage.labelledClips().map(\.path)
        let excluded = try trainStage.excluded().flatMap { [$0.path, $0.reason] }
        let isSynthetic = trainStage.embedStage.corpusStage.isSynthetic
        return [
            Digest.of(paths).description, Digest.of(excluded).description, scene.pipeline, timbreVersion,
            "\(isSynthetic)",
        ] + (try corpusLinks().flatMap { [$0.prefix, $0.link] })
            + trainStage.cells.flatMap { [$0.id, $0.encoderName ?? ""] } + (try trainStage.divergences().map(\.line))
    }

    /// Where the corpora lie as seen from the report, each with what stands before its clips' paths.
    private func corpusLinks() throws -> [CorpusLink] {
        try trainStage.embedStage.corpusStage.corpus().roots.map {
            CorpusLink(prefix: $0.prefix, link: relativeLink(from: folder, to: $0.folder))
        }
    }

    /// Files that have not changed since they were last looked at are not read again.
    func state(for key: StageKey) throws -> StageState {
        guard let written = try lastWritten() else {
            return .stale(reason: "\(folder.relativePath) has not been written")
        }
        guard written.key == key.description else {
            return .stale(reason: "\(folder.relativePath) was written from other results or settings")
        }
        let files = written.files.map { folder.appendingPathComponent($0.name) }
        for (file, digest) in zip(written.files, scene.project.store.digests(of: files, workers: scene.options.jobs)) {
            guard let digest = try? digest.get() else {
                return .stale(reason: "\(folder.relativePath)/\(file.name) is not there")
            }
            guard digest.description == file.digest else {
                return .stale(reason: "\(folder.relativePath)/\(file.name) has been changed")
            }
        }
        return .fresh(detail: folder.appendingPathComponent("report.html").relativePath)
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        try OwnFolder.make(folder, within: scene.project.reports)
        let output = try ReportFolder(folder, console: scene.options.console)
        return try withExtendedLifetime(output) { try write(to: output, context) }
    }

    /// While the folder is this process's alone: another may have written the same into it just before.
    private func write(to output: ReportFolder, _ context: RunContext) throws -> StageOutcome {
        if !context.isForced, case .fresh(let page) = try state(for: context.key) {
            return StageOutcome("\(page), by another process")
        }
        try ReportAssembly(
            trainStage: trainStage, settings: settings, scene: scene, corpusLinks: try corpusLinks()
        ).write(to: output)
        let files = try digested(try output.finish())
        // Pictures of cells that are no longer asked for would be taken for this report's.
        for old in try lastWritten()?.files ?? [] where !files.contains(where: { $0.name == old.name }) {
            // Not `removeItem`, which would take a folder of that name with all that is in it.
            unlink(folder.appendingPathComponent(old.name).path)
        }
        let written = WrittenReport(key: context.key.description, files: files)
        try scene.project.store.record(recordKey, stage: "report", facts: written.text)
        return StageOutcome(folder.appendingPathComponent("report.html").relativePath)
    }

    /// The files of the folder with their digests, which are read piece by piece: a report may be larger than memory.
    private func digested(_ names: [String]) throws -> [WrittenReport.File] {
        let files = names.map { folder.appendingPathComponent($0) }
        let digests = scene.project.store.digests(of: files, workers: scene.options.jobs)
        return try zip(names, digests).map { WrittenReport.File(name: $0, digest: try $1.get().description) }
    }

    /// What the store's ledger knows this folder by.
    var recordKey: Digest { Digest.of(["report folder", folder.path]) }

    private func lastWritten() throws -> WrittenReport? {
        try scene.project.store.recorded(recordKey).flatMap(WrittenReport.init)
    }
}
