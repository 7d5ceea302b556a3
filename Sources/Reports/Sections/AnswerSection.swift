import Documents
import Drawing
import Evaluation

/// The answer first: the headline scores in a sentence, then every cell, one table a protocol.
struct AnswerSection {
    let groups: [ProtocolGroup]
    /// What validation chose; its first result is the answer where there is one.
    let selections: [SelectedResult]
    let gaps: [LeakGap]
    let resampling: SpeakerResampling
    private let cells: [CellSummary]
    /// Worked out once: every row of every table has them.
    private let varying: [Trait]

    init(
        groups: [ProtocolGroup], selections: [SelectedResult], gaps: [LeakGap] = [], resampling: SpeakerResampling
    ) {
        self.groups = groups
        self.selections = selections
        self.gaps = gaps
        self.resampling = resampling
        cells = groups.flatMap(\.cells)
        varying = Self.varying(among: cells)
    }

    private var first: CellSummary { groups[0].cells[0] }

    /// The headline, and what the cells are.
    var opening: [Block] { [.heading("Answer", level: 2), .paragraph(sentence)] + gap + constants }

    /// Every cell, a table a protocol, each cut after so many rows.
    func tables(mostRows: Int = 60) -> [Block] { groups.flatMap { blocks(of: $0, mostRows: mostRows) } }

    private var sentence: String {
        guard let chosen = selections.first else {
            let extent = extent(first.pooled, speakers: first.speakers.count, folds: first.folds.count)
            return figures(first.scores, first.intervals) + conditions(of: first.cell, extent: extent) + whichCell
        }
        let extent = extent(chosen.pooled, speakers: chosen.speakers.count, folds: chosen.choices.count)
        return figures(chosen.scores, chosen.intervals) + conditions(of: chosen.cell, extent: extent)
            + " This is what was chosen on validation clips, fold by fold, among \(chosen.candidates.count) cells"
            + "\(chosen.cell.encoder.isEmpty ? "" : " of \(markdown(chosen.cell.encoder))"), with training seed "
            + "\(chosen.cell.seed)\(overSeeds(of: chosen)). The cells at length below are single ones of these."
    }

    /// What the other training seeds chose, so that no one seed stands for all.
    private func overSeeds(of chosen: SelectedResult) -> String {
        let alike = selections.filter { SelectedResult.SeedKey($0) == SelectedResult.SeedKey(chosen) }
        guard alike.count > 1 else { return "" }
        return "; over \(alike.count) training seeds UA is \(MeanAndDeviation(of: alike.map(\.scores.uar)).text) %"
    }

    /// What a leaky split flatters, where the report has both kinds.
    private var gap: [Block] {
        gaps.first.map { [.paragraph(LeakGapSection(gaps: gaps, resampling: resampling).answer(of: $0))] } ?? []
    }

    private func figures(_ scores: Scores, _ intervals: ScoreIntervals?) -> String {
        [
            "**UA \(percent(scores.uar)) %**" + resampling.words(of: intervals?.uar),
            "WA \(percent(scores.accuracy)) %" + resampling.words(of: intervals?.accuracy),
            "macro F1 \(percent(scores.macroF1)) %" + resampling.words(of: intervals?.macroF1),
        ].joined(separator: ", ")
    }

    private func conditions(of cell: ReportCell, extent: String) -> String {
        let conditions = cell.conditions.joined(separator: ", ")
        return ": protocol \(code(cell.split.name)), \(conditions), \(extent). "
            + "Guessing gives UA \(percent(1 / Double(cell.classes.count))) %."
    }

    private func extent(_ pooled: ConfusionMatrix, speakers: Int, folds: Int) -> String {
        let clips = "\(counted(pooled.total, "clip")) of \(counted(speakers, "speaker"))"
        return folds == 1 ? clips : "\(clips) pooled over \(folds) test folds"
    }

    private var whichCell: String {
        guard cells.count > 1 else { return "" }
        return " This is cell \(code(first.cell.id)), the first of \(cells.count), and no choice among them."
    }
}

extension AnswerSection {
    /// What tells the cells of a table apart: a column's heading and a cell's text in it.
    private struct Trait {
        let heading: String
        let text: (ReportCell) -> String
    }

    /// What every cell has, whatever the grid.
    private static var common: [Trait] {
        [
            Trait(heading: "encoder", text: { $0.encoder }), Trait(heading: "layer", text: { $0.layer }),
            Trait(heading: "head", text: { $0.head }), Trait(heading: "seed", text: { "\($0.seed)" }),
        ]
    }

    /// The axes of the grid on which the cells differ; without a grid, what else they differ in.
    private static func varying(among cells: [CellSummary]) -> [Trait] {
        let names = cells.map(\.cell).axisNames.filter { !ReportAxis(name: $0, value: "").isDividing }
        let axes = names.map { name in
            Trait(heading: name) { cell in
                name == "layer" ? cell.layer : cell.value(on: name) ?? ""
            }
        }
        let isGrid = cells.contains { !$0.cell.axes.isEmpty }
        return (isGrid ? axes : common).filter { trait in Set(cells.map { trait.text($0.cell) }).count > 1 }
    }

    /// What the cells are, in one line; what their tables tell apart is said of the first.
    private var constants: [Block] {
        let cell = first.cell
        let named = [("encoder ", cell.encoder), ("layer ", cell.layer), ("", cell.head), ("seed ", "\(cell.seed)")]
        let words = named.filter { !$0.1.isEmpty }.map { $0 + markdown($1) }.joined(separator: "; ")
        guard cells.count > 1 else { return [.paragraph("The cell: \(words).")] }
        let divisions = Set(groups.map { DivisionKey($0.cells[0].cell) })
        let dividing = divisions.count > 1 ? ["how clips are split or labelled"] : []
        let differences = (dividing + varying.map { "\(code($0.heading))" }).joined(separator: ", ")
        return [
            .paragraph(
                "The first cell: \(words). The others differ from it in "
                    + "\(differences.isEmpty ? "their folds" : differences).")
        ]
    }

    private func blocks(of group: ProtocolGroup, mostRows: Int) -> [Block] {
        let digest = "Folds SHA-256 \(code(String(group.foldsDigest.prefix(16)))), in full in `cells.csv`."
        return [
            .heading(group.heading, level: 3), .paragraph("\(markdown(group.protocolSummary)) \(digest)"),
            .table(table(of: group, mostRows: mostRows)),
        ] + cut(group, mostRows: mostRows) + [.paragraph(intervalNote(for: group))]
            + overSeeds(group, mostRows: mostRows)
    }

    private func table(of group: ProtocolGroup, mostRows: Int) -> Table {
        Table(
            columns: [.words("cell")] + columns(of: varying) + Figures.columns,
            rows: group.cells.prefix(mostRows).map(row) + group.controls.map(row))
    }

    /// What is a number in every cell is sorted as one.
    private func columns(of traits: [Trait]) -> [Table.Column] {
        traits.map { trait in
            let isNumeric = cells.allSatisfy { Double(trait.text($0.cell)) != nil }
            return isNumeric ? .figures(trait.heading) : .words(trait.heading)
        }
    }

    private func row(_ summary: CellSummary) -> [String] {
        let cell = summary.cell
        guard !cell.isControl else {
            return ["control: \(markdown(cell.head))"] + varying.map { _ in "" } + Figures(summary).cells
        }
        return [code(cell.id)] + varying.map { markdown($0.text(cell)) } + Figures(summary).cells
    }

    private func cut(_ group: ProtocolGroup, mostRows: Int) -> [Block] {
        guard group.cells.count > mostRows else { return [] }
        let count = "\(mostRows) of \(group.cells.count) cells"
        return [.paragraph("The first \(count) in the order of the grid; all are in `metrics.csv`.")]
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
        let controls =
            group.controls.isEmpty
            ? "" : " The control always answers the class most frequent in each fold's training part (`controls.csv`)."
        return "In brackets: \(resampling.meaning). \(meaning)\(controls)"
    }

    private func overSeeds(_ group: ProtocolGroup, mostRows: Int) -> [Block] {
        let repeated = group.variants.filter { $0.count > 1 }
        guard !repeated.isEmpty else { return [] }
        let traits = varying.filter { $0.heading != "seed" }
        let table = Table(
            columns: columns(of: traits) + [.words("seeds")] + Figures.columns,
            rows: repeated.prefix(mostRows).map { cells in
                let seeds = cells.map { "\($0.cell.seed)" }.joined(separator: ", ")
                return traits.map { markdown($0.text(cells[0].cell)) } + [seeds] + Figures(over: cells).cells
            })
        return [
            .paragraph(
                "Over training seeds, mean ± standard deviation (n − 1 in the denominator), which answers another question "
                    + "than the intervals:"),
            .table(table),
        ]
    }
}

/// A number with its noun, as in "1 clip" and "2 clips".
public func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
