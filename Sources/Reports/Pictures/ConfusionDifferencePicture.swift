import Drawing
import Evaluation

/// What a second cell answers otherwise than a first one on the same clips: the second's confusions minus the first's.
///
/// Blue is more and orange fewer, as the sign says too; a field without change has no colour.
struct ConfusionDifferencePicture {
    let first: CellSummary
    /// Of the same division as ``first``.
    let second: CellSummary
    let stamps: [String]

    private var classes: [String] { first.cell.classes }

    var document: SVGDocument {
        precondition(
            first.cell.classes == second.cell.classes && classes.indices.allSatisfy(hasSameClips),
            "two results on the same clips expected: '\(first.cell.id)' and '\(second.cell.id)' differ in theirs")
        let largest = largest
        return MatrixPicture(
            id: "difference-\(first.cell.idForPages)--\(second.cell.idForPages)", title: title,
            description: description, classes: classes, facts: facts,
            note: "Each field: the change, and clips before and after.", legend: legend,
            field: { field($0, $1, largest: largest) }
        ).document
    }

    private var title: String { "Confusions, second minus first" }

    private var legend: Legend {
        Legend([(.field("more"), "more under the second"), (.field("fewer"), "fewer under the second")])
    }

    private var facts: [String] {
        [shortened(first.cell.split.name, to: 48)] + conditions + [counted(first.pooled.total, "clip")]
    }

    /// What either figure must be read with.
    private var conditions: [String] { (first.cell.conditions + second.cell.conditions).uniqued() }

    private var description: String {
        let setting = "Protocol \((([first.cell.split.name]) + conditions).joined(separator: ", "))."
        let rows = classes.enumerated().map { label, name in
            let changes = classes.indices.filter { change(label, $0) != 0 }
                .map { "\(words(change(label, $0))) as \(classes[$0])" }
            return "\(name): \(changes.isEmpty ? "no change" : changes.joined(separator: ", "))."
        }
        let what = "Clips that \(second.cell.id) answers otherwise than \(first.cell.id), by label."
        return (stamps + [setting, what] + rows).joined(separator: " ")
    }
}

extension ConfusionDifferencePicture {
    private func hasSameClips(_ label: Int) -> Bool {
        first.pooled.support(of: label) == second.pooled.support(of: label)
    }

    private func change(_ label: Int, _ predicted: Int) -> Int {
        second.pooled[label, predicted] - first.pooled[label, predicted]
    }

    private var largest: Int { zip(first.pooled.counts, second.pooled.counts).map { abs($1 - $0) }.max() ?? 0 }

    private func field(_ label: Int, _ predicted: Int, largest: Int) -> MatrixPicture.Field {
        let (before, after) = (first.pooled[label, predicted], second.pooled[label, predicted])
        let change = after - before
        // The smallest change keeps a hue that can be told.
        let opacity = change == 0 ? 0 : 0.2 + 0.8 * Double(abs(change)) / Double(largest)
        return MatrixPicture.Field(
            style: change < 0 ? "fewer" : "more", opacity: opacity, number: signed(change),
            detail: "\(before) → \(after)",
            tip: "\(classes[label]) answered as \(classes[predicted]): \(counted(before, "clip")) under "
                + "\(first.cell.id), \(after) under \(second.cell.id)\(change == 0 ? "" : ", \(words(change))")")
    }

    private func signed(_ change: Int) -> String {
        change == 0 ? "0" : "\(change < 0 ? "−" : "+")\(abs(change))"
    }

    private func words(_ change: Int) -> String { "\(abs(change)) \(change < 0 ? "fewer" : "more")" }
}
