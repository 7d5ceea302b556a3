import Evaluation

/// The answer first: the headline scores in a sentence, then every cell, one table a protocol.
struct AnswerSection {
    let groups: [ProtocolGroup]
    let first: CellSummary
    let bootstrap: SpeakerBootstrap

    var blocks: [String] { ["## Answer", sentence] + groups.flatMap(blocks(of:)) }

    private var sentence: String {
        let scores = first.scores
        let figures = [
            "**UA \(percent(scores.uar)) %**" + range(first.intervals?.uar),
            "WA \(percent(scores.accuracy)) %" + range(first.intervals?.accuracy),
            "macro F1 \(percent(scores.macroF1)) %" + range(first.intervals?.macroF1),
        ].joined(separator: ", ")
        let conditions = first.conditions.joined(separator: ", ")
        return "\(figures): protocol \(code(first.cell.protocolName)), \(conditions), \(extent). "
            + "Guessing gives UA \(percent(1 / Double(first.pooled.classes))) %." + whichCell
    }

    private func range(_ interval: Interval?) -> String {
        guard let interval else { return "" }
        let ends = "\(percent(interval.low, digits: 1)) to \(percent(interval.high, digits: 1))"
        return " (\(percent(bootstrap.confidence, digits: 0)) % interval \(ends))"
    }

    private var extent: String {
        let clips = "\(counted(first.pooled.total, "clip")) of \(counted(first.speakers.count, "speaker"))"
        return first.folds.count == 1 ? clips : "\(clips) pooled over \(first.folds.count) test folds"
    }

    private var whichCell: String {
        let count = groups.reduce(0) { $0 + $1.cells.count }
        return count == 1 ? "" : " This is cell \(code(first.cell.id)), the first of \(count)."
    }

    private func blocks(of group: ProtocolGroup) -> [String] {
        ["### \(group.heading)", markdown(group.protocolSummary), table(of: group).text, intervalNote(for: group)]
            + overSeeds(group)
    }

    private func table(of group: ProtocolGroup) -> MarkdownTable {
        MarkdownTable(
            columns: [.words("cell"), .words("layer"), .words("head"), .figures("seed")] + Figures.columns,
            rows: group.cells.map { summary in
                let cell = summary.cell
                return [code(cell.id), markdown(cell.layer), markdown(cell.head), "\(cell.seed)"]
                    + Figures(summary).cells
            })
    }

    private func intervalNote(for group: ProtocolGroup) -> String {
        guard group.cells.contains(where: { $0.intervals != nil }) else {
            return "There are no intervals: they need test clips of two speakers or more."
        }
        let meaning =
            group.isSpeakerIndependent
            ? "They say how far a figure would move with other speakers of this kind, not with other training seeds."
            : "These speakers were trained on too: the intervals say how much the figures owe to the choice among "
                + "them, and nothing about unknown speakers or other training seeds."
        return
            "In brackets: \(percent(bootstrap.confidence, digits: 0)) % intervals, percentiles of \(bootstrap.draws) "
            + "draws of the test speakers with replacement. \(meaning)"
    }

    private func overSeeds(_ group: ProtocolGroup) -> [String] {
        let repeated = group.variants.filter { $0.count > 1 }
        guard !repeated.isEmpty else { return [] }
        let table = MarkdownTable(
            columns: [.words("layer"), .words("head"), .words("seeds")] + Figures.columns,
            rows: repeated.map { cells in
                let cell = cells[0].cell
                let seeds = cells.map { "\($0.cell.seed)" }.joined(separator: ", ")
                return [markdown(cell.layer), markdown(cell.head), seeds] + Figures(over: cells).cells
            })
        return [
            "Over training seeds, mean ± standard deviation (n − 1 in the denominator), which answers another question "
                + "than the intervals:",
            table.text,
        ]
    }
}

/// A number with its noun, as in "1 clip" and "2 clips".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
