import Evaluation
import Foundation
import Reports

extension Experiment {
    /// Writes embeddings, labels, folds, predictions and heads for other programs: the `export` command.
    ///
    /// `embeddings.npz`, for M clips, L hidden states of H numbers, F folds, C cells, D divisions, N predictions and K
    /// classes:
    /// - `embeddings` float32 (M, L, H), `layers` int64 (L), `labels` int64 (M), `clips` and `speakers` unicode (M), in corpus
    ///   order; `classes` unicode, which `labels`, the corpus's own, index into;
    /// - `fold_names` unicode and `fold_divisions` int64 (F), `parts` int64 (F, M): 0 unused, 1 train, 2 validation, 3 test;
    ///   `cells` unicode and `cell_divisions` int64 (C); `division_protocols` and `division_digests` unicode (D). The folds
    ///   of a division stand there once, however many cells use it;
    /// - in the order of `predictions.csv`: `prediction_cells`, `prediction_folds` and `prediction_clips` int64 (N), indexes
    ///   into `cells`, `fold_names` and `clips`; `prediction_labels` and `predicted` int64 (N), indexes into
    ///   `prediction_classes` unicode (K); `probabilities` float32 (N, K), not a number where a cell lacks a class.
    ///
    /// Of several encoders the first one's embeddings are written. `clips.csv` says the same of the clips, `folds.csv` of their
    /// parts, each division once under the first cell that uses it; `predictions.csv` has the heads' own answers, before any
    /// merge in the report. `heads/` holds the saved heads, each with a model card. When all this is in its place, heads of
    /// an earlier export that this one did not write are removed from there with their cards.
    ///
    /// - Returns: one line a file, and one for the heads.
    /// - throws: ``StageError/notRun(pipeline:stage:reason:)`` when a stage is not fresh; what reading the store or a head
    ///   throws; `CheckpointError` and ``CommandError/cannotWrite(path:reason:)`` for what cannot be written.
    public func export(to directory: URL) throws -> String {
        try requireFresh()
        let train = try stage(of: TrainStage.self, named: "train", for: "export")
        let trained = try TrainedCells(train, scene: scene)
        let (clips, reportCells) = (try train.usableClips(), try trained.reportCells())
        let predictions = PredictionsTable(of: reportCells)
        let arrays = ExportedArrays(
            trained: trained, cache: try train.embedStage.cache(), clips: clips, classes: predictions.classes,
            options: scene.options)
        let archive = "embeddings.npz"
        let folder = try ReportFolder(directory, console: scene.options.console)
        defer { withExtendedLifetime(folder) {} }
        try arrays.archive().write(to: directory.appendingPathComponent(archive))
        try ExportedTables(trained: trained, clips: clips, reportCells: reportCells, predictions: predictions)
            .write(to: folder)
        let names = [archive] + (try folder.finish()) + (try exportHeads(of: trained, reportCells, to: directory))
        return names.map { directory.appendingPathComponent($0).relativePath }.joined(separator: "\n")
    }

    /// - Returns: the folder and how many heads it holds; nothing where none were saved, which is told.
    private func exportHeads(
        of trained: TrainedCells, _ reportCells: [ReportCell], to directory: URL
    ) throws -> [String] {
        let heads = ExportedHeads(
            trained: trained, reportCells: reportCells, pipeline: scene.pipeline,
            bootstrap: stages(of: ReportStage.self).last?.bootstrap ?? SpeakerBootstrap(seed: 0))
        let folder = directory.appendingPathComponent("heads")
        try OwnFolder.check(folder, within: directory)
        let written = try heads.write(to: folder)
        let removed = try ExportedHeads.removeEarlier(in: folder, butFor: Set(written))
        if removed > 0 { scene.options.console.line("removed \(counted(removed, "head")) of an earlier export") }
        guard !written.isEmpty else {
            scene.options.console.line("no heads exported: stage \"\(trained.stage.name)\" says saveHeads: false")
            return []
        }
        return ["heads: \(counted(written.count, "head")), each with a model card"]
    }
}
