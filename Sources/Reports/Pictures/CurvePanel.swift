import Drawing

/// One chart of training and validation over the epochs.
struct CurvePanel {
    let folds: [ReportFold]
    let train: KeyPath<ReportEpoch, Double>
    let validation: KeyPath<ReportEpoch, Double?>
    let axes: Axes

    func draw(on document: inout SVGDocument) {
        axes.draw(on: &document)
        let curves: [(style: String, lines: [Line])] = [
            ("train", lines { $0[keyPath: train] }), ("validation", lines { $0[keyPath: validation] }),
        ]
        if folds.count > 1 {
            for (style, lines) in curves {
                for line in lines { draw(points(of: line), style: "\(style) fold", on: &document) }
            }
        }
        for (style, lines) in curves { draw(points(of: mean(of: lines)), style: style, on: &document) }
        for fold in folds { markKeptEpoch(of: fold, on: &document) }
    }

    /// A value an epoch, where there is one.
    private typealias Line = [(epoch: Int, value: Double?)]

    private func lines(of value: (ReportEpoch) -> Double?) -> [Line] {
        folds.map { fold in fold.history.map { (epoch: $0.epoch, value: value($0)) } }
    }

    private func draw(_ points: [Point], style: String, on document: inout SVGDocument) {
        if points.count == 1 {
            document.addCircle(at: points[0], radius: 1.5, style: style)
        } else if !points.isEmpty {
            document.addPolyline(points, style: style)
        }
    }

    /// The mean of the lines at each epoch that all of them have.
    private func mean(of lines: [Line]) -> Line {
        let shared = lines.map(\.count).min() ?? 0
        return (0..<shared).map { index in
            let values = lines.compactMap { $0[index].value }
            let mean = values.reduce(0, +) / Double(values.count)
            return (lines[0][index].epoch, values.count == lines.count ? mean : nil)
        }
    }

    private func points(of line: Line) -> [Point] {
        line.compactMap { epoch, value in
            value.flatMap { $0.isFinite ? axes.point(Double(epoch), $0) : nil }
        }
    }

    /// A ring on the curve that decided: validation, or training where nothing was held out.
    private func markKeptEpoch(of fold: ReportFold, on document: inout SVGDocument) {
        guard let epoch = fold.history.first(where: { $0.epoch == fold.bestEpoch }) else { return }
        let value = epoch[keyPath: validation] ?? epoch[keyPath: train]
        guard value.isFinite else { return }
        let tip = "\(fold.name): epoch \(epoch.epoch) kept, training stopped after epoch \(fold.history.count)"
        document.addGroup(tip: tip) { document in
            document.addCircle(at: axes.point(Double(epoch.epoch), value), radius: 4, style: "kept")
        }
    }
}
