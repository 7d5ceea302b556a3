import Foundation
import Reports

/// How predictions are written.
public enum PredictionFormat: String, CaseIterable, Sendable {
    /// Aligned columns: the top class, its probability and the runner-up.
    case table
    /// One JSON object a line.
    case json
    /// A header and one row a file.
    case csv

    /// The predictions in this format, ending with a line break if there are any.
    public func render(_ predictions: Predictions) -> String {
        switch self {
        case .table: Self.table(predictions).map { $0 + "\n" }.joined()
        case .json: predictions.items.map { Self.object($0, classes: predictions.classes) + "\n" }.joined()
        case .csv: Self.rows(predictions)
        }
    }

    private static func table(_ predictions: Predictions) -> [String] {
        let width = predictions.items.map(\.file.count).max() ?? 0
        let classWidth = predictions.classes.map(\.count).max() ?? 0
        return predictions.items.map { item in
            let ranked = item.probabilities.indices.sorted {
                (item.probabilities[$0], $1) > (item.probabilities[$1], $0)
            }
            let answers = ranked.prefix(2).map { index in
                "\(pad(predictions.classes[index], classWidth))  \(Double(item.probabilities[index]).fixed(3))"
            }
            return ([pad(item.file, width)] + answers).joined(separator: "  ")
        }
    }

    private static func object(_ item: Prediction, classes: [String]) -> String {
        let probabilities = zip(classes, item.probabilities).map { "\(quoted($0)):\($1)" }.joined(separator: ",")
        return
            "{\"file\":\(quoted(item.file)),\"predicted\":\(quoted(classes[item.top])),\"probabilities\":{\(probabilities)}}"
    }

    private static func rows(_ predictions: Predictions) -> String {
        var table = CSVTable(columns: ["file", "predicted"] + predictions.classes.map { "p_\($0)" })
        for item in predictions.items {
            table.append(
                [.text(item.file), .text(predictions.classes[item.top])] + item.probabilities.map { .single($0) })
        }
        return table.text
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
