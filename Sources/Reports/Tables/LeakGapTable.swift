import Evaluation

/// `leak_gap.csv`: each score under both protocols and the gap, over all speakers (`all`) with its interval, and each
/// speaker's WA.
struct LeakGapTable {
    let gaps: [LeakGap]

    var text: String {
        guard !gaps.isEmpty else { return "" }
        var table = CSVTable(columns: [
            "dependent_protocol", "independent_protocol", "encoder", "layer", "head", "seeds", "speaker", "metric",
            "dependent", "independent", "gap", "low", "high",
        ])
        for gap in gaps {
            for score in gap.scores {
                append(
                    gap, speaker: "all", score.name, (score.dependent, score.independent, score.gap),
                    score.interval, to: &table)
            }
            for speaker in gap.speakers {
                append(
                    gap, speaker: speaker.name, "wa", (speaker.dependent, speaker.independent, speaker.gap), nil,
                    to: &table)
            }
        }
        return table.text
    }

    private func append(
        _ gap: LeakGap, speaker: String, _ metric: String, _ values: (Double, Double, Double), _ interval: Interval?,
        to table: inout CSVTable
    ) {
        let cell = gap.dependent[0].cell
        table.append([
            .text(cell.split.name), .text(gap.independent[0].cell.split.name), .text(cell.encoder),
            .text(cell.layer), .text(cell.head), .text(gap.dependent.map { "\($0.cell.seed)" }.joined(separator: " ")),
            .text(speaker), .text(metric), .number(values.0), .number(values.1), .number(values.2),
            .number(interval?.low), .number(interval?.high),
        ])
    }
}
