import Evaluation
import FeatureStore
import Reports

/// `clips.csv`, `folds.csv` and `predictions.csv`, written cell by cell: all of a large grid's are too much to hold.
///
/// The folds of a division are listed once, under the first cell that uses it, however many cells do.
struct ExportedTables {
    let trained: TrainedCells
    let clips: [CorpusClip]
    let reportCells: [ReportCell]
    let predictions: PredictionsTable

    func write(to folder: ReportFolder) throws {
        try append(clipsText, to: "clips.csv", of: folder)
        try append(FoldsTable.header, to: "folds.csv", of: folder)
        for cell in ExportedDivisions(trained.cells).firstCells {
            try append(foldsText(of: trained.cells[cell]), to: "folds.csv", of: folder)
        }
        try append(predictions.header, to: "predictions.csv", of: folder)
        for (cell, reported) in zip(trained.cells, reportCells) {
            let rows = predictions.rows(of: reported, folds: try cell.map(trained.fold))
            try append(rows, to: "predictions.csv", of: folder)
        }
    }

    private func append(_ text: String, to file: String, of folder: ReportFolder) throws {
        try folder.append(RenderedText(file: file, text: text))
    }

    private var clipsText: String {
        let classes = trained.stage.embedStage.corpusStage.labels.classes
        let rows = clips.map { [$0.path, $0.speaker, classes[$0.label], $0.digest.description] }
        return CSVTable(columns: ["clip", "speaker", "label", "sha256"], rows: rows).text
    }

    private func foldsText(of cell: [FoldTraining]) -> String {
        cell.flatMap { training in
            let fold = training.fold
            return [("train", fold.train), ("validation", fold.validation), ("test", fold.test)].map { part, members in
                FoldsTable.rows(
                    cell: training.cell.id, fold: fold.name, part: part, clips: members.map { clips[$0].path })
            }
        }.joined()
    }
}
