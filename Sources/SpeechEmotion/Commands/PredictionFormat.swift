import Diagnosis
import Documents
import Foundation
import Reports

/// How predictions are written.
public enum PredictionFormat: String, CaseIterable, Sendable {
    /// Aligned columns: the top class, its probability and the runner-up; the audio's length, the time that the answer
    /// took and the real-time factor.
    case table
    /// One JSON object a line.
    case json
    /// A header and one row a file.
    case csv

    /// What stands before the first prediction.
    func header(classes: [String]) -> String {
        guard self == .csv else { return "" }
        let columns = ["file", "predicted"] + classes.map { "p_\($0)" }
        return CSVTable(columns: columns + ["seconds", "compute_seconds", "real_time_factor", "cached"]).text
    }

    /// One prediction, ending with a line break.
    ///
    /// - Parameter width: what the names of files are padded to in a table.
    func line(_ prediction: Prediction, classes: [String], width: Int) -> String {
        switch self {
        case .table: Self.columns(prediction, classes: classes, width: width) + "\n"
        case .json: Self.object(prediction, classes: classes) + "\n"
        case .csv: Self.row(prediction, classes: classes)
        }
    }

    /// How wide a file's name is in a table.
    static func width(of name: String) -> Int { Diagnosis.printableLine(name).count }

    private static func columns(_ item: Prediction, classes: [String], width: Int) -> String {
        let classes = classes.map(Diagnosis.printableLine)
        let classWidth = classes.map(\.count).max() ?? 0
        let ranked = item.probabilities.indices.sorted {
            (item.probabilities[$0], $1) > (item.probabilities[$1], $0)
        }
        let answers = ranked.prefix(2).map { index in
            "\(pad(classes[index], classWidth))  \(Double(item.probabilities[index]).fixed(3))"
        }
        let length = "\(item.seconds.fixed(2)) s"
        let factor = item.realTimeFactor.map { $0.fixed(3) } ?? ""
        let time = item.computeSeconds.map { ["\($0.fixed(3)) s", factor] } ?? ["cached"]
        return ([pad(Diagnosis.printableLine(item.file), width)] + answers + [length] + time).joined(separator: "  ")
    }

    private static func object(_ item: Prediction, classes: [String]) -> String {
        let probabilities = zip(classes, item.probabilities).map { "\(quoted($0)):\($1)" }.joined(separator: ",")
        let members = [
            "\"file\":\(quoted(item.file))", "\"predicted\":\(quoted(classes[item.top]))",
            "\"probabilities\":{\(probabilities)}", "\"seconds\":\(item.seconds)",
            "\"compute_seconds\":\(number(item.computeSeconds))", "\"real_time_factor\":\(number(item.realTimeFactor))",
            "\"cached\":\(item.computeSeconds == nil)",
        ]
        return "{\(members.joined(separator: ","))}"
    }

    private static func row(_ item: Prediction, classes: [String]) -> String {
        let answer: [CSVField] = [.text(item.file), .text(classes[item.top])] + item.probabilities.map { .single($0) }
        let times: [CSVField] = [
            .number(item.seconds), .number(item.computeSeconds), .number(item.realTimeFactor),
            .text("\(item.computeSeconds == nil)"),
        ]
        return CSVTable.row(answer + times)
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }

    private static func quoted(_ text: String) -> String { JSONText.string(text) }
}
