import Documents

/// What heads said of single clips, for the page's script: by it a field of a confusion matrix lists its clips.
///
/// Probabilities are rounded to hundredths of a per cent; `predictions.csv` has them in full.
struct ClipAnswers {
    /// Answers beyond these would make the page slow to open; the script sends readers to `predictions.csv`.
    static let most = 50_000

    /// Where corpora lie as seen from the page.
    let links: [CorpusLink]
    private var places: [String: Int] = [:]
    private var paths: [String] = []
    private var speakers: [String] = []
    private var cells: [(name: String, value: String)] = []
    private var count = 0

    init(links: [CorpusLink]) { self.links = links }

    /// Takes the answers of a cell, if there is room for all of them.
    mutating func add(_ cell: ReportCell, _ folds: [ReportFold]) {
        let answers = folds.reduce(0) { $0 + $1.predictions.count }
        guard count + answers <= Self.most else { return }
        count += answers
        let rows = folds.enumerated().flatMap { number, fold in
            fold.predictions.map { row(of: $0, fold: number) }
        }
        let members = [
            ("classes", JSONText.array(cell.classes.map(JSONText.string))),
            ("folds", JSONText.array(folds.map { JSONText.string($0.name) })), ("rows", JSONText.array(rows)),
        ]
        cells.append((cell.id, JSONText.object(members.map { (name: $0.0, value: $0.1) })))
    }

    /// The data of the page: a place for each clip, and for each cell rows of clip, fold, label, answer, probabilities.
    var json: String {
        JSONText.object([
            (
                name: "links",
                value: JSONText.array(
                    links.map { JSONText.array([JSONText.string($0.prefix), JSONText.string($0.link)]) })
            ),
            (name: "paths", value: JSONText.array(paths.map(JSONText.string))),
            (name: "speakers", value: JSONText.array(speakers.map(JSONText.string))),
            (name: "cells", value: JSONText.object(cells)),
        ])
    }

    private mutating func row(of prediction: ReportPrediction, fold: Int) -> String {
        let shares = prediction.probabilities.map { $0.isFinite ? Int(($0 * 10_000).rounded()) : 0 }
        let numbers = [place(of: prediction), fold, prediction.label, prediction.predicted] + shares
        return JSONText.array(numbers.map(String.init))
    }

    private mutating func place(of prediction: ReportPrediction) -> Int {
        if let known = places[prediction.clip] { return known }
        places[prediction.clip] = paths.count
        paths.append(prediction.clip)
        speakers.append(prediction.speaker)
        return paths.count - 1
    }
}
