import Evaluation

/// What knowing the test speakers is worth: the gap with its interval, and each speaker's share in it.
struct LeakGapSection {
    let gaps: [LeakGap]
    let resampling: SpeakerResampling

    var blocks: [String] {
        guard let first = gaps.first else { return [] }
        let note =
            "Figures are means over the training seeds that both protocols have. In brackets: \(resampling.meaning), the "
            + "same ones under both protocols. Each speaker's figures are in `leak_gap.csv`."
        return ["## What the leak flatters", answer(of: first), table.text, note]
            + gaps.prefix(LeakGap.mostPictures).enumerated().flatMap { pictured($1, number: $0) }
    }

    private func answer(of gap: LeakGap) -> String {
        let ua = gap.scores[0]
        let confidence = percent(resampling.bootstrap.confidence, digits: 0)
        let interval = ua.interval.map {
            " (\(confidence) % interval \(percent($0.low, digits: 1)) to \(percent($0.high, digits: 1)))"
        }
        let (leaky, fair) = (code(gap.dependent[0].cell.split.name), code(gap.independent[0].cell.split.name))
        return "**The gap in UA is \(percent(ua.gap)) points**\(interval ?? ""): the same features and head reach "
            + "\(percent(ua.dependent)) % when clips of the test speakers are trained on (\(leaky)) and "
            + "\(percent(ua.independent)) % when they are not (\(fair)). This is no ranking: only the second figure says "
            + "anything about unknown speakers."
    }

    private var table: MarkdownTable {
        MarkdownTable(
            columns: [
                .words("dependent"), .words("independent"), .words("layer"), .words("head"), .figures("seeds"),
                .words("score"), .figures("dependent %"), .figures("independent %"), .figures("gap"),
            ],
            rows: gaps.flatMap(rows))
    }

    private func rows(of gap: LeakGap) -> [[String]] {
        let cell = gap.dependent[0].cell
        let head = cell.encoder.isEmpty ? cell.head : "\(cell.encoder): \(cell.head)"
        let key = [
            code(cell.split.name), code(gap.independent[0].cell.split.name), markdown(cell.layer), markdown(head),
            "\(gap.dependent.count)",
        ]
        return gap.scores.map { score in
            let name = Self.titles[score.name] ?? score.name
            let figures = [score.dependent, score.independent].map { percent($0) }
            return key + [name] + figures + [percent(score.gap) + text(score.interval)]
        }
    }

    private static let titles = ["ua": "UA", "wa": "WA", "macro_f1": "macro F1"]

    private func text(_ interval: Interval?) -> String {
        interval.map { " [\(percent($0.low, digits: 1)), \(percent($0.high, digits: 1))]" } ?? ""
    }

    private func pictured(_ gap: LeakGap, number: Int) -> [String] {
        let flattered = gap.speakers.count { $0.gap > 0 }
        return [
            "\(flattered) of \(counted(gap.speakers.count, "speaker")) are answered better under "
                + "\(code(gap.dependent[0].cell.split.name)) (layer \(markdown(gap.dependent[0].cell.layer))):",
            "![Each speaker under both protocols](\(LeakGap.file(number)))",
        ]
    }
}
