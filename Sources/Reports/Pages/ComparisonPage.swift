import Documents
import Drawing
import Evaluation

/// What is said of two results side by side: the difference first, then what differs, where, and for which clips.
struct ComparisonPage {
    let comparison: ResultComparison
    /// By the names of their files; none where there are to be no files.
    let pictures: [(file: String, document: SVGDocument)]

    init(comparison: ResultComparison, isPictured: Bool = true) {
        self.comparison = comparison
        guard isPictured else {
            pictures = []
            return
        }
        let (first, second) = comparison.summaries
        let stamps = comparison.stamps
        pictures = [
            ("difference.svg", ConfusionDifferencePicture(first: first, second: second, stamps: stamps).document),
            ("first.svg", ConfusionMatrixPicture(summary: first, stamps: stamps).document),
            ("second.svg", ConfusionMatrixPicture(summary: second, stamps: stamps).document),
        ]
    }

    private var first: CellSummary { comparison.summaries.first }
    private var second: CellSummary { comparison.summaries.second }
    private var names: (String, String) { (code(first.cell.id), code(second.cell.id)) }
    private var classes: [String] { first.cell.classes }

    var blocks: [Block] {
        opening + answer + setting + confusions + perClass + speakers + clips(most: 40)
    }

    /// As ``blocks``, with the pictures in it and every clip that flipped.
    var html: String {
        let named = Dictionary(uniqueKeysWithValues: pictures.map { ($0.file, $0.document) })
        let body =
            (opening + answer + setting).html(pictures: named)
            + (confusions + perClass + speakers + clips(most: 5_000)).html(pictures: named, isSortable: true)
        return Page(title: "\(first.cell.id) and \(second.cell.id)", body: body).text
    }
}

extension ComparisonPage {
    private var opening: [Block] {
        let warnings = comparison.stamps.map { "**\(markdown($0))**" } + conditions
        return (warnings.isEmpty ? [] : [.warnings(warnings)])
            + [.heading("\(names.0) and \(names.1)", level: 1)]
    }

    /// What must be known before the two figures are read as one better than the other.
    private var conditions: [String] {
        [
            warning("Speaker-dependent", ", trained on other clips of the speakers that it is tested on.") {
                !$0.split.isSpeakerIndependent
            },
            warning("Transductive", ", in whose preparation test clips, without their labels, had a part.") {
                $0.isTransductive
            },
            isOneDivision
                ? nil
                : "**Folds not known to be the same:** their SHA-256 differ, so the two may have been trained on other "
                    + "clips for each test clip, and a difference may be the folds' as well as the heads'.",
        ].compactMap(\.self)
    }

    /// A warning with the names of the results that it holds for; nil where it holds for none.
    private func warning(_ stamp: String, _ meaning: String, where holds: (ReportCell) -> Bool) -> String? {
        let results = [(names.0, comparison.first.cell), (names.1, comparison.second.cell)]
        let concerned = results.filter { holds($0.1) }.map(\.0)
        return concerned.isEmpty ? nil : "**\(stamp):** \(concerned.joined(separator: ", "))\(meaning)"
    }

    private var isOneDivision: Bool {
        comparison.first.cell.split.digest == comparison.second.cell.split.digest
    }

    private var answer: [Block] {
        let mcnemar = comparison.paired.mcnemar
        let p = probability(mcnemar.pValue)
        return [
            .heading("Answer", level: 2), .paragraph(sentence), .table(scores),
            .paragraph(
                "Second minus first in points. \(brackets)Answered rightly by the first alone: "
                    + "\(counted(mcnemar.onlyFirstRight, "clip")), by the second alone: \(mcnemar.onlySecondRight) (McNemar's exact test: p "
                    + "\(p.hasPrefix("<") ? p : "= \(p)"), which takes clips as "
                    + "independent and so is to be read second)."),
        ]
    }

    private var brackets: String {
        first.intervals == nil ? "" : "In brackets: \(comparison.resampling.meaning), the same ones for both. "
    }

    private var sentence: String {
        let uar = comparison.paired.uar
        let interval = comparison.resampling.words(of: uar.interval)
        let extent = "\(counted(comparison.common.clips.count, "clip")) of \(counted(first.speakers.count, "speaker"))"
        return
            "**UA \(percent(second.scores.uar)) % beside \(percent(first.scores.uar)) %: \(signed(uar.difference)) points**"
            + "\(interval) for \(names.1) against \(names.0), on the \(extent) that both were tested on\(leftOut). "
            + verdict(on: uar.interval)
    }

    private func verdict(on interval: Interval?) -> String {
        guard isOneDivision else {
            return "This is no ranking: the two are not known to have been trained on the same clips."
        }
        guard let interval else { return "With one speaker there is no interval, and so no telling it from luck." }
        if interval.low > 0 {
            return "The interval lies above zero: the second is better by more than the choice of speakers."
        }
        if interval.high < 0 {
            return "The interval lies below zero: the first is better by more than the choice of speakers."
        }
        return "The interval holds zero: other speakers might turn the difference round."
    }

    private var leftOut: String {
        let (one, other) = (comparison.common.onlyFirst, comparison.common.onlySecond)
        return one + other == 0 ? "" : " (\(one) only the first, \(other) only the second)"
    }

    private var scores: Table {
        let rows: [(String, KeyPath<Scores, Double>, KeyPath<ScoreIntervals, Interval>, PairedDifference)] = [
            ("UA", \.uar, \.uar, comparison.paired.uar), ("WA", \.accuracy, \.accuracy, comparison.paired.accuracy),
            ("macro F1", \.macroF1, \.macroF1, comparison.paired.macroF1),
        ]
        let measured = rows.map { name, score, interval, difference in
            [name]
                + [first, second].map {
                    percent($0.scores[keyPath: score]) + bracketed($0.intervals?[keyPath: interval])
                }
                + [signed(difference.difference) + bracketed(difference.interval)]
        }
        let errors = [first, second].map { $0.calibration.expectedError ?? 0 }
        let calibration = ["ECE"] + errors.map { percent($0) } + [signed(errors[1] - errors[0])]
        return Table(
            columns: [.words("score, %")] + [names.0, names.1].map { .figures($0) } + [.figures("difference")],
            rows: measured + [calibration])
    }

    private func signed(_ difference: Double) -> String {
        (difference > 0 ? "+" : "") + percent(difference)
    }

    /// The choices that the two do not share; where they share all, that is said.
    private var setting: [Block] {
        let cells = [comparison.first.cell, comparison.second.cell]
        let facts: [(String, (ReportCell) -> String)] = [
            ("protocol", { code($0.split.name) }), ("folds SHA-256", { code(String($0.split.digest.prefix(16))) }),
            ("embeddings' recipe SHA-256", { code(String($0.recipe.prefix(16))) }),
            ("labels", { markdown($0.labels) }), ("layer", { markdown($0.layer) }),
            ("head", { markdown($0.head) }), ("seed", { "\($0.seed)" }),
        ]
        let rows = facts.map { name, text in [name] + cells.map(text) }.filter { $0[1] != $0[2] }
        return [
            .heading("What differs", level: 2),
            rows.isEmpty
                ? .paragraph(
                    "Nothing that the reports state: protocol, folds, embeddings, labels, layer, head and seed are the same."
                )
                : .table(Table(columns: [.words("what"), .words(names.0), .words(names.1)], rows: rows)),
        ]
    }
}

extension ComparisonPage {
    private var confusions: [Block] {
        let changes = classes.indices.flatMap { label in
            classes.indices.map { (label, $0, second.pooled[label, $0] - first.pooled[label, $0]) }
        }
        let ordered = changes.filter { $0.2 != 0 }.sorted { (abs($1.2), $0.0, $0.1) < (abs($0.2), $1.0, $1.1) }
        let lines = ordered.prefix(8).map { label, predicted, change in
            "\(markdown(classes[label])) answered as \(markdown(classes[predicted])): \(first.pooled[label, predicted]) → "
                + "\(second.pooled[label, predicted]) (\(change > 0 ? "+" : "")\(change))"
        }
        return [
            .heading("Where the confusion matrices differ", level: 2),
            lines.isEmpty ? .paragraph("Nowhere.") : .list(lines),
        ] + zip(pictures, ["Second minus first", "First", "Second"]).map { .picture(file: $0.file, title: $1) }
    }

    private var perClass: [Block] {
        let rows = classes.enumerated().map { index, name in
            let (one, other) = (first.scores.perClass[index], second.scores.perClass[index])
            return [
                markdown(name), "\(one.support)", recall(one), recall(other),
                one.support > 0 ? signed(other.recall - one.recall) : "–", percent(one.f1), percent(other.f1),
                signed(other.f1 - one.f1),
            ]
        }
        let columns = ["clips", "recall % first", "second", "difference", "F1 % first", "second", "difference"]
        return [
            .heading("Classes", level: 2),
            .table(Table(columns: [.words("class")] + columns.map { .figures($0) }, rows: rows)),
        ]
    }

    private var speakers: [Block] {
        let rows = zip(first.speakers, second.speakers).map { one, other in
            let (before, after) = (Scores(one.matrix).accuracy, Scores(other.matrix).accuracy)
            return [markdown(one.name), "\(one.matrix.total)", percent(before), percent(after), signed(after - before)]
        }
        let columns = ["clips", "WA % first", "second", "difference"]
        return [
            .heading("Speakers", level: 2),
            .table(Table(columns: [.words("speaker")] + columns.map { .figures($0) }, rows: rows)),
        ]
    }

    private func clips(most: Int) -> [Block] {
        let flipped = comparison.flipped
        let counts = Flip.allCases.map { kind in "\(flipped.count { Flip($0) == kind }) \(kind.words)" }
        let rows = flipped.prefix(most).map { clip in
            [code(clip.first.clip), markdown(clip.first.speaker), markdown(classes[clip.first.label])]
                + [clip.first, clip.second].map { answer(of: $0) } + [Flip(clip).words]
        }
        let columns = ["clip", "speaker", "label", "first", "second", "change"]
        let cut: [Block] =
            flipped.count > most
            ? [.paragraph("The first \(most) of \(flipped.count); all are in `flips.csv` (`--output DIR` writes it).")]
            : []
        return [
            .heading("Clips that flipped", level: 2),
            .paragraph(
                "\(flipped.count) of \(counted(comparison.common.clips.count, "clip")) are answered differently: "
                    + "\(counts.joined(separator: ", "))."),
        ] + (rows.isEmpty ? [] : [.table(Table(columns: columns.map { .words($0) }, rows: rows))]) + cut
    }

    private func answer(of prediction: ReportPrediction) -> String {
        let share = percent(Double(prediction.probabilities[prediction.predicted]), digits: 0)
        return "\(markdown(classes[prediction.predicted])) (\(share) %)"
    }
}
