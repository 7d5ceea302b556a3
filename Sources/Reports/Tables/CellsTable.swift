import Documents

/// `cells.csv`: what each cell is, a row a cell; the other tables name cells by their ids alone.
struct CellsTable {
    let cells: [ReportCell]
    /// The report's warnings, which hold for every cell.
    let stamps: [String]

    var text: String {
        CSVTable(
            columns: [
                "cell", "protocol", "folds_sha256", "speaker_independent", "transductive", "control", "labels",
                "encoder", "layer", "head", "seed", "classes", "corpus_sha256", "recipe_sha256", "stamps",
            ],
            rows: cells.map { cell in
                [
                    cell.id, cell.split.name, cell.split.digest, "\(cell.split.isSpeakerIndependent)",
                    "\(cell.isTransductive)", "\(cell.isControl)", cell.labels, cell.encoder, cell.layer, cell.head,
                    "\(cell.seed)", JSONText.array(cell.classes.map(JSONText.string)), cell.corpus, cell.recipe,
                    stamps.joined(separator: " "),
                ]
            }
        ).text
    }
}
