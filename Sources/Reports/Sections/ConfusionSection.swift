import Documents
import Drawing
import Evaluation

/// Which classes one cell takes for which, in words, and whether others' claims about it hold here.
struct ConfusionSection {
    let summary: CellSummary
    let claims: [ClaimedConfusion]

    private var classes: [String] { summary.cell.classes }
    private var pairs: [MutualConfusion] { summary.pooled.mutualConfusions }

    var blocks: [Block] {
        let lines = summary.pooled.confusions(first: 5).map(sentence)
        guard !lines.isEmpty else { return [.paragraph("No clip was taken for another class.")] }
        return [.list(lines)] + verdict
    }

    private func sentence(_ one: Confusion) -> String {
        "\(one.count) of \(counted(one.support, "\(markdown(classes[one.label])) clip")) "
            + "\(one.count == 1 ? "was" : "were") taken for \(markdown(classes[one.predicted])) "
            + "(\(percent(Double(one.count) / Double(one.support), digits: 1)) %)."
    }

    /// What is claimed beside what is confused most here, both ways counted together.
    private var verdict: [Block] {
        let claimed = claims.compactMap { claim in pairs.first { names(of: $0) == names(of: claim) } }
        guard !claimed.isEmpty else { return [] }
        let said = claimed.map { "\(words(of: $0)) \($0.count > 0 ? "is \(place(of: $0))" : "does not occur")" }
        let most = pairs.prefix(claimed.count).map { "\(words(of: $0)) (\($0.count))" }
        return [
            .paragraph(
                "Said elsewhere to be confused most: \(claims.map(words).joined(separator: " and ")). Here, counted both "
                    + "ways, \(said.joined(separator: "; ")). The \(counted(claimed.count, "pair")) confused most "
                    + "\(claimed.count == 1 ? "is" : "are") \(most.joined(separator: " and ")).")
        ]
    }

    /// "2nd of 28 pairs (34 of 288 clips, 11.8 %)".
    private func place(of pair: MutualConfusion) -> String {
        let share = percent(Double(pair.count) / Double(pair.support), digits: 1)
        return "\(ordinal(pair.rank)) of \(pairs.count) pairs (\(pair.count) of \(pair.support) clips, \(share) %)"
    }

    private func names(of pair: MutualConfusion) -> Set<String> { [classes[pair.classes.0], classes[pair.classes.1]] }

    private func names(of claim: ClaimedConfusion) -> Set<String> { [claim.first, claim.second] }

    private func words(of pair: MutualConfusion) -> String {
        "\(markdown(classes[pair.classes.0])) ↔ \(markdown(classes[pair.classes.1]))"
    }

    private func words(of claim: ClaimedConfusion) -> String { "\(markdown(claim.first)) ↔ \(markdown(claim.second))" }
}

/// "1st", "22nd", "113th".
func ordinal(_ number: Int) -> String {
    let ending =
        switch (number % 10, number % 100) {
        case (_, 11...13): "th"
        case (1, _): "st"
        case (2, _): "nd"
        case (3, _): "rd"
        default: "th"
        }
    return "\(number)\(ending)"
}
