import Documents

/// Results of others beside the measured ones, each with its protocol.
struct PublishedSection {
    let groups: [ProtocolGroup]
    let published: [PublishedResult]

    var blocks: [Block] {
        guard !published.isEmpty else { return [] }
        return [
            .heading("Beside published figures", level: 2),
            .paragraph(
                "Each row names its protocol. Rows of different protocols answer different questions: they are not a "
                    + "ranking. Brackets are intervals over speakers, ± is the standard deviation over training seeds.\(caveat)"
            ),
        ] + groups.map { .table(table(of: $0)) } + [.list(notes)]
    }

    /// Published figures are on the corpus's own classes.
    private var caveat: String {
        groups.contains { !$0.cells[0].cell.labels.isEmpty }
            ? " Where classes were merged or left out here, published figures are on other classes." : ""
    }

    /// The measured rows of one protocol, then what was published under it, then the rest.
    private func table(of group: ProtocolGroup) -> Table {
        let same = published.filter { $0.protocolName == group.protocolName }
        let others = published.filter { $0.protocolName != group.protocolName }
        return Table(
            columns: [.words("result"), .words("protocol")] + Figures.columns,
            rows: group.variants.map { row(of: $0, in: group) } + (same + others).map(row(of:)))
    }

    private func row(of variant: [CellSummary], in group: ProtocolGroup) -> [String] {
        let cells = variant.map { code($0.cell.id) }.joined(separator: ", ")
        let figures = variant.count == 1 ? Figures(variant[0]) : Figures(over: variant)
        return ["**measured here**, \(cells)", group.heading] + figures.cells
    }

    private func row(of result: PublishedResult) -> [String] {
        [markdown(result.source), code(result.protocolName)] + Figures(result).cells
    }

    private var notes: [String] {
        published.map { result in
            let sentences = [result.protocolSummary] + (result.note.map { [$0] } ?? [])
            return "\(markdown(result.source)): \(markdown(sentences.joined(separator: " ")))"
        }
    }
}
