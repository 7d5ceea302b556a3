import Checkpoints
import Evaluation
import Foundation
import Pipeline
import Reports

extension Experiment {
    /// Writes embeddings, labels, folds and predictions for other programs: the `export` command.
    ///
    /// `embeddings.npz` holds `embeddings` float32 (clips, layers, hidden), `layers` and `labels` int64, and `clips`,
    /// `speakers` and `classes` unicode, clips in corpus order. `clips.csv` and `folds.csv` say the same of the clips and of
    /// their parts in every fold; `predictions.csv` is the report's. Labels are the corpus's own; of several encoders the
    /// first one's embeddings are written.
    ///
    /// - Returns: one line a file.
    /// - throws: ``StageError/notRun(pipeline:stage:reason:)`` when a stage is not fresh.
    public func export(to directory: URL) throws -> String {
        try requireFresh()
        let train = try stage(of: TrainStage.self, named: "train", for: "export")
        try Project.create(directory)
        try embeddings(train).write(to: directory.appendingPathComponent("embeddings.npz"))
        var names = ["embeddings.npz"]
        for (name, text) in [("clips.csv", try clipsTable(train)), ("folds.csv", try foldsTable(train))] {
            try Project.write(text, to: directory.appendingPathComponent(name))
            names.append(name)
        }
        if let report = stages(of: ReportStage.self).last {
            let predictions = try String(
                contentsOf: report.folder.appendingPathComponent("predictions.csv"), encoding: .utf8)
            try Project.write(predictions, to: directory.appendingPathComponent("predictions.csv"))
            names.append("predictions.csv")
        }
        return names.map { directory.appendingPathComponent($0).relativePath }.joined(separator: "\n")
    }

    private func embeddings(_ train: TrainStage) throws -> NumPyArchive {
        let clips = try train.usableClips()
        let cache = try train.embedStage.cache()
        let layers = Array(0..<cache.source.stateCount)
        let values = try cache.embeddings(of: clips, layers: layers, options: scene.options)
        var archive = NumPyArchive()
        archive.add(
            "embeddings", clips.flatMap { values[$0.digest] ?? [] },
            shape: [clips.count, layers.count, cache.source.configuration.hiddenSize])
        archive.add("layers", layers.map(Int64.init), shape: [layers.count])
        archive.add("labels", clips.map { Int64($0.label) }, shape: [clips.count])
        archive.add("clips", clips.map(\.path))
        archive.add("speakers", clips.map(\.speaker))
        archive.add("classes", train.embedStage.corpusStage.labels.classes)
        return archive
    }

    private func clipsTable(_ train: TrainStage) throws -> String {
        let classes = train.embedStage.corpusStage.labels.classes
        let rows = try train.usableClips().map {
            [$0.path, $0.speaker, classes[$0.label], $0.digest.description]
        }
        return CSVTable(columns: ["clip", "speaker", "label", "sha256"], rows: rows).text
    }

    private func foldsTable(_ train: TrainStage) throws -> String {
        let clips = try train.labelledClips()
        let rows = try train.trainings().flatMap { training in
            let parts = [
                ("train", training.fold.train), ("validation", training.fold.validation), ("test", training.fold.test),
            ]
            return parts.flatMap { part, members in
                members.map { [training.cell.id, training.fold.name, clips[$0].path, part] }
            }
        }
        return CSVTable(columns: ["cell", "fold", "clip", "part"], rows: rows).text
    }
}
