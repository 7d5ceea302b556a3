import Checkpoints
import Evaluation
import Foundation
import Reports

/// A cell of a report folder, read back from `cells.csv` and `predictions.csv`.
struct WrittenCell {
    private let folder: URL

    /// Bytes of a table: some thousand cells of a corpus such as RAVDESS.
    private static let largest = 1 << 30

    /// Classes of a cell; a matrix of them squared is kept for each speaker and each fold.
    static let mostClasses = 32
    /// Speakers of a cell, of whom ten thousand draws are made.
    static let mostSpeakers = 2_000

    init(of folder: URL) { self.folder = folder }

    /// The result of a cell by its id; nil asks for the first.
    ///
    /// - throws: ``ReportReadError``.
    func result(of id: String?, named name: String) throws -> ComparedResult {
        let cells = try table("cells.csv") { _ in true }
        let columns =
            ["cell", "protocol", "folds_sha256", "speaker_independent", "transductive", "control", "labels"]
            + ["encoder", "layer", "head", "seed", "classes", "corpus_sha256", "recipe_sha256", "stamps"]
        guard cells.header == columns else { throw damaged("cells.csv", 1, cells.header, columns) }
        let known = try cells.rows.map { try facts($0, columns) }.filter { $0["control"] != "true" }
        guard let facts = Self.choice(of: id, among: known) else {
            throw ReportReadError.unknownCell(
                path: folder.relativePath, cell: id ?? "the first", known: known.compactMap { $0["cell"] })
        }
        let cell = facts["cell"] ?? ""
        let classes = Self.names(facts["classes"] ?? "")
        guard (2...Self.mostClasses).contains(classes.count), Set(classes).count == classes.count else {
            throw ReportReadError.damaged(
                path: place(of: "cells.csv"), line: nil, found: "\(classes.count) names of classes for cell \(cell)",
                expected: "2 to \(Self.mostClasses) classes, each once")
        }
        let folds = try answers(of: cell, classes: classes)
        let split = ReportSplit(
            name: facts["protocol"] ?? "", summary: "", digest: facts["folds_sha256"] ?? "",
            isSpeakerIndependent: facts["speaker_independent"] == "true")
        return ComparedResult(
            name: "\(name)/\(cell)",
            cell: ReportCell(
                id: cell, split: split, isTransductive: facts["transductive"] == "true", classes: classes,
                labels: facts["labels"] ?? "", corpus: facts["corpus_sha256"] ?? "",
                recipe: facts["recipe_sha256"] ?? "", encoder: facts["encoder"] ?? "", layer: facts["layer"] ?? "",
                head: facts["head"] ?? "", seed: facts["seed"].flatMap(UInt64.init) ?? 0),
            stamps: facts["stamps"].map { $0.isEmpty ? [] : [$0] } ?? [], folds: folds)
    }

    /// The first cell, or the one whose id is, or alone begins with, what was asked for.
    private static func choice(of id: String?, among known: [[String: String]]) -> [String: String]? {
        guard let id else { return known.first }
        let found = known.filter { $0["cell"]?.hasPrefix(id) == true }
        return found.first { $0["cell"] == id } ?? (found.count == 1 ? found[0] : nil)
    }

    /// Classes in the order of the cell's labels; none if the text is no list of names.
    private static func names(_ json: String) -> [String] {
        (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
    }

    private func facts(_ row: CSVRows.Record, _ columns: [String]) throws -> [String: String] {
        guard row.fields.count == columns.count else { throw damaged("cells.csv", row.line, row.fields, columns) }
        return Dictionary(uniqueKeysWithValues: zip(columns, row.fields))
    }

    /// What the heads of a cell said of their test clips.
    private func answers(of cell: String, classes: [String]) throws -> [ReportFold] {
        let fixed = ["cell", "fold", "clip", "speaker", "label", "predicted"]
        let file = "predictions.csv"
        let table = try table(file) { $0.first == cell }
        let columns = classes.compactMap { table.header.firstIndex(of: "p_\($0)") }
        guard Array(table.header.prefix(fixed.count)) == fixed, columns.count == classes.count else {
            throw damaged(file, 1, table.header, fixed + classes.map { "p_\($0)" })
        }
        guard !table.rows.isEmpty else {
            throw ReportReadError.damaged(
                path: place(of: file), line: nil, found: "no row of cell \(cell)", expected: "one a test clip")
        }
        var folds: [ReportFold] = []
        for row in table.rows {
            guard row.fields.count == table.header.count, let prediction = prediction(row.fields, columns, classes)
            else {
                throw ReportReadError.damaged(
                    path: place(of: file), line: row.line, found: row.fields.joined(separator: ","),
                    expected:
                        "a label among the cell's classes, a probability from 0 to 1 for each, the largest of them "
                        + "that of the class predicted")
            }
            let name = row.fields[1]
            if folds.last?.name != name {
                folds.append(ReportFold(name: name, bestEpoch: nil, predictions: [], history: []))
            }
            folds[folds.count - 1].predictions.append(prediction)
        }
        try checkSpeakers(of: folds, file: file)
        return folds
    }

    private func checkSpeakers(of folds: [ReportFold], file: String) throws {
        let clips = Dictionary(folds.flatMap { $0.predictions.map { ($0.speaker, 1) } }, uniquingKeysWith: +)
        guard clips.count <= Self.mostSpeakers else {
            throw ReportReadError.damaged(
                path: place(of: file), line: nil, found: "\(clips.count) speakers",
                expected: "at most \(Self.mostSpeakers)")
        }
        let largest = clips.values.max() ?? 0
        guard SpeakerBootstrap.canDraw(speakers: clips.count, largest: largest) else {
            throw ReportReadError.damaged(
                path: place(of: file), line: nil, found: "\(largest) clips of one of \(clips.count) speakers",
                expected: "at most \(Int32.max) clips in a draw of as many speakers")
        }
    }

    /// Nil unless every class has a probability, the label is one of them and the answer the most probable.
    private func prediction(_ fields: [String], _ columns: [Int], _ classes: [String]) -> ReportPrediction? {
        let probabilities = columns.compactMap { Float(fields[$0]) }
        guard probabilities.count == classes.count, probabilities.allSatisfy({ (0...1).contains($0) }),
            let label = classes.firstIndex(of: fields[4])
        else { return nil }
        let prediction = ReportPrediction(
            clip: fields[2], speaker: fields[3], label: label, probabilities: probabilities)
        let predicted = classes.firstIndex(of: fields[5])
        return predicted.map { probabilities[$0] } == probabilities.max() ? prediction : nil
    }

    private func table(_ file: String, where isWanted: ([String]) -> Bool) throws -> CSVRows {
        let data: Data
        do {
            data = try RegularFile.contents(of: folder.appendingPathComponent(file), atMost: Self.largest)
        } catch RegularFile.Fault.absent {
            throw ReportReadError.absent(path: folder.relativePath, file: file)
        } catch {
            throw ReportReadError.damaged(
                path: place(of: file), line: nil, found: error.words, expected: "a file of at most 1 GiB")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw ReportReadError.damaged(
                path: place(of: file), line: nil, found: "bytes that are no UTF-8", expected: "text in UTF-8")
        }
        do {
            return try CSVRows(text, where: isWanted)
        } catch {
            throw ReportReadError.damaged(
                path: place(of: file), line: error.line, found: "a quoted field that does not end as one should",
                expected: "commas between fields, quotes doubled within quotes")
        }
    }

    private func damaged(_ file: String, _ line: Int, _ found: [String], _ expected: [String]) -> ReportReadError {
        ReportReadError.damaged(
            path: place(of: file), line: line, found: found.joined(separator: ","),
            expected: expected.joined(separator: ","))
    }

    private func place(of file: String) -> String { folder.appendingPathComponent(file).relativePath }
}
