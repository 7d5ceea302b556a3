import Documents
import Drawing
import Evaluation

/// What knowing the test speakers is worth: the gap with its interval, and each speaker's share in it.
struct LeakGapSection {
    let gaps: [LeakGap]
    let resampling: SpeakerResampling

    var blocks: [Block] {
        guard !gaps.isEmpty else { return [] }
        let note =
            "Figures are means over the training seeds that both protocols have. In brackets: \(resampling.meaning), the "
            + "same ones under both protocols. Each speaker's figures are in `leak_gap.csv`."
        return [.heading("What the leak flatters", level: 2), .table(table), .paragraph(note)]
            + gaps.prefix(LeakGap.mostPictures).enumerated().flatMap { pictured($1, number: $0) }
    }

    /// The gap of one variant in a sentence.
    func answer(of gap: LeakGap) -> String {
        let ua = gap.scores[0]
        let cell = gap.dependent[0].cell
        let (leaky, fair) = (code(cell.split.name), code(gap.independent[0].cell.split.name))
        let others = gaps.count > 1 ? " \(counted(gaps.count - 1, "further gap")) in the table below." : ""
        return
            "**What the leak flatters: the gap in UA is \(percent(ua.gap)) points**\(resampling.words(of: ua.interval)): the same features and head reach "
            + "\(percent(ua.dependent)) % when clips of the test speakers are trained on (\(leaky)) and "
            + "\(percent(ua.independent)) % when they are not (\(fair)). This is no ranking: only the second figure says "
            + "anything about unknown speakers. (Layer \(markdown(cell.layer)), \(markdown(names.name(of: cell))).)\(others)"
    }

    private var table: Table {
        Table(
            columns: [
                .words("dependent"), .words("independent"), .words("layer"), .words("variant"), .figures("seeds"),
                .words("score"), .figures("dependent %"), .figures("independent %"), .figures("gap"),
            ],
            rows: gaps.flatMap(rows))
    }

    private var names: VariantNames { VariantNames(among: gaps.flatMap { $0.dependent + $0.independent }.map(\.cell)) }

    private func rows(of gap: LeakGap) -> [[String]] {
        let cell = gap.dependent[0].cell
        let variant = names.name(of: cell)
        let key = [
            code(cell.split.name), code(gap.independent[0].cell.split.name), markdown(cell.layer), markdown(variant),
            "\(gap.dependent.count)",
        ]
        return gap.scores.map { score in
            let name = Self.titles[score.name] ?? score.name
            let figures = [score.dependent, score.independent].map { percent($0) }
            return key + [name] + figures + [percent(score.gap) + bracketed(score.interval)]
        }
    }

    private static let titles = ["ua": "UA", "wa": "WA", "macro_f1": "macro F1"]

    private func pictured(_ gap: LeakGap, number: Int) -> [Block] {
        let flattered = gap.speakers.count { $0.gap > 0 }
        let cell = gap.dependent[0].cell
        return [
            .paragraph(
                "\(flattered) of \(counted(gap.speakers.count, "speaker")) are answered better under "
                    + "\(code(cell.split.name)) (layer \(markdown(cell.layer)), \(markdown(names.name(of: cell)))):"),
            .picture(file: LeakGap.file(number), title: "Each speaker under both protocols"),
        ] + (number == 0 ? [.table(speakers(of: gap))] : [])
    }

    /// Each speaker's WA, the speakers that the leak flatters most first.
    private func speakers(of gap: LeakGap) -> Table {
        let ordered = gap.speakers.sorted { ($1.gap, $0.name) < ($0.gap, $1.name) }
        return Table(
            columns: [
                .words("speaker"), .figures("WA % dependent"), .figures("WA % independent"), .figures("gap"),
            ],
            rows: ordered.prefix(24).map {
                [markdown($0.name), percent($0.dependent), percent($0.independent), percent($0.gap)]
            })
    }
}
