import Documents

/// The warnings that stand before everything else in a report.
struct Stamps {
    let stamps: [String]
    let cells: [ReportCell]

    /// One paragraph a warning.
    var blocks: [Block] {
        let warnings = stamps.map { "**\(markdown($0))**" } + [speakerDependent, transductive].compactMap(\.self)
        return warnings.isEmpty ? [] : [.warnings(warnings)]
    }

    private var speakerDependent: String? {
        stamp("Speaker-dependent", where: { !$0.split.isSpeakerIndependent }).map {
            "\($0) The head was trained on other clips of the speakers that it is tested on, so the figures say "
                + "nothing about unknown speakers."
        }
    }

    private var transductive: String? {
        stamp("Transductive", where: \.isTransductive).map {
            "\($0) Test clips, without their labels, had a part in the preparation, so the figures hold only where "
                + "several clips of a speaker are at hand before the first is judged."
        }
    }

    /// The stamp alone if the condition holds for all cells, with the cells if it holds for some.
    private func stamp(_ stamp: String, where condition: (ReportCell) -> Bool) -> String? {
        let points = cells.filter { !$0.isControl }
        let concerned = points.filter(condition)
        if concerned.isEmpty { return nil }
        if concerned.count == points.count { return "**\(stamp).**" }
        guard concerned.count <= 12 else {
            let protocols = grouped(concerned, by: \.split.name).map { code($0[0].split.name) }
            let share = "\(concerned.count) of \(points.count) cells"
            return "**\(stamp)** in \(share) (protocol \(protocols.joined(separator: ", "))); `cells.csv` says which."
        }
        return "**\(stamp)** in \(concerned.map { code($0.id) }.joined(separator: ", "))."
    }
}
