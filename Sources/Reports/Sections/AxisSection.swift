import Documents
import Drawing
import Evaluation

/// The curves over everything but the layers, with the numbers behind them.
struct AxisSection {
    let curves: [AxisCurve]
    let resampling: SpeakerResampling

    var blocks: [Block] {
        guard !curves.isEmpty else { return [] }
        return [.heading("Over the head and its training", level: 2)] + curves.flatMap(blocks)
    }

    private func blocks(of curve: AxisCurve) -> [Block] {
        [
            .heading("\(code(curve.axis)): \(curve.heading)", level: 3),
            .picture(file: curve.file, title: markdown(curve.title)),
        ] + (curve.means.isEmpty ? [] : [.table(table(of: curve))]) + [.paragraph(note(on: curve))]
    }

    private func table(of curve: AxisCurve) -> Table {
        Table(
            columns: [.words("value"), .figures("mean UA %"), .figures("interval"), .figures("cells")],
            rows: zip(curve.values, curve.means).map { value, mean in
                let interval = mean.interval.map { _ in String(bracketed(mean.interval).dropFirst()) }
                return [markdown(value), percent(mean.uar), interval ?? "–", "\(mean.cells)"]
            })
    }

    private func note(on curve: AxisCurve) -> String {
        let (all, complete) = (curve.settings.count, curve.complete.count)
        guard complete > 0 else {
            return "No setting of the other axes has every value, so there is no mean to compare."
        }
        let what = complete == 1 ? "the one setting" : "the \(complete) settings"
        let have = complete == 1 ? "has" : "have"
        let left = all > complete ? ", of \(all) in all" : ""
        return
            "Mean UA over \(what) of the other axes that \(have) every value\(left), each the mean over its training "
            + "seeds. In brackets: \(resampling.meaning). A value chosen by these figures is chosen by "
            + "looking at the test clips."
    }
}
