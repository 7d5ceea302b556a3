/// Cells whose figures answer the same question: one protocol under the same conditions.
struct ProtocolGroup {
    let cells: [CellSummary]

    /// The cells by protocol, groups and cells in the order of the grid.
    static func groups(of cells: [CellSummary]) -> [ProtocolGroup] {
        grouped(cells, by: ProtocolKey.init).map(ProtocolGroup.init)
    }

    /// The cells that differ by training seed only, together.
    var variants: [[CellSummary]] {
        grouped(cells) { [$0.cell.layer, $0.cell.head] }
    }

    private var first: CellSummary { cells[0] }

    var protocolName: String { first.cell.protocolName }
    var protocolSummary: String { first.cell.protocolSummary }
    var isSpeakerIndependent: Bool { first.cell.isSpeakerIndependent }

    /// The protocol with its conditions, as in "`emobox-6fold`, speaker-independent".
    var heading: String { ([code(protocolName)] + first.conditions).joined(separator: ", ") }
}

/// What cells must share for their figures to stand in one table.
private struct ProtocolKey: Hashable {
    let name, summary: String
    let isSpeakerIndependent, isTransductive: Bool

    init(_ summary: CellSummary) {
        name = summary.cell.protocolName
        self.summary = summary.cell.protocolSummary
        isSpeakerIndependent = summary.cell.isSpeakerIndependent
        isTransductive = summary.cell.isTransductive
    }
}

/// The elements by key, in the order in which the keys first occur.
private func grouped<Element, Key: Hashable>(_ elements: [Element], by key: (Element) -> Key) -> [[Element]] {
    var places: [Key: Int] = [:]
    var groups: [[Element]] = []
    for element in elements {
        let place = places[key(element), default: groups.count]
        places[key(element)] = place
        if place == groups.count { groups.append([]) }
        groups[place].append(element)
    }
    return groups
}
