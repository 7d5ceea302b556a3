import Documents
import Drawing
import Evaluation

/// Which classes one cell takes for which, in words, and whether others' claims about it hold here.
struct ConfusionSection {
    let summary: CellSummary
    let claims: [ClaimedConfusion]
    private let pairs: [MutualConfusion]

    init(summary: CellSummary, claims: [ClaimedConfusion]) {
        self.summary = summary
        self.claims = claims
        pairs = claims.isEmpty ? [] : summary.pooled.mutualConfusions
    }

    private var classes: [String] { summary.cell.classes }

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
        guard !claims.isEmpty, let worst = pairs.first, worst.count > 0 else { return [] }
        let most = pairs.prefix(claims.count).filter { $0.count > 0 }.map { "\(words(of: $0)) (\($0.count))" }
        let subject = most.count == 1 ? "The pair confused most is" : "The \(most.count) pairs confused most are"
        return [
            .paragraph(
                "Said elsewhere to be confused most: \(claims.map(words).joined(separator: " and ")). Here, counted both "
                    + "ways, \(claims.map(said).joined(separator: "; ")). \(subject) \(most.joined(separator: " and "))."
            )
        ]
    }

    private func said(of claim: ClaimedConfusion) -> String {
        guard let pair = pairs.first(where: { names(of: $0) == names(of: claim) }) else {
            return "\(words(of: claim)) are not both classes"
        }
        return "\(words(of: pair)) \(pair.count > 0 ? "is \(place(of: pair))" : "does not occur")"
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
