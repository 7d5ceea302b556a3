import Documents

/// Cells whose figures answer the same question: one division of the clips into folds, the same classes and conditions.
struct ProtocolGroup {
    /// The points of the grid.
    let cells: [CellSummary]
    /// What they must beat under the same division.
    let controls: [CellSummary]
    /// The first digits of the folds' SHA-256 where another group would have the same heading; else nothing.
    private(set) var mark = ""

    /// The cells by protocol, groups and cells in the order of the grid.
    static func groups(of cells: [CellSummary]) -> [ProtocolGroup] {
        let controls = cells.filter(\.cell.isControl)
        let groups = grouped(cells.filter { !$0.cell.isControl }) { GroupKey($0.cell) }.map { members in
            let division = DivisionKey(members[0].cell)
            return ProtocolGroup(cells: members, controls: controls.filter { DivisionKey($0.cell) == division })
        }
        return groups.map { group in groups.count { $0.heading == group.heading } > 1 ? group.marked : group }
    }

    private var marked: ProtocolGroup {
        var group = self
        group.mark = ", folds \(code(String(foldsDigest.prefix(8))))"
        return group
    }

    /// The cells that differ by training seed only, together.
    var variants: [[CellSummary]] { grouped(cells) { VariantKey($0.cell) } }

    private var first: CellSummary { cells[0] }

    var protocolName: String { first.cell.split.name }
    var protocolSummary: String { first.cell.split.summary }
    var foldsDigest: String { first.cell.split.digest }
    var classes: [String] { first.cell.classes }
    var isSpeakerIndependent: Bool { first.cell.split.isSpeakerIndependent }

    /// The protocol with its conditions, as in "`emobox-6fold`, speaker-independent".
    var heading: String {
        let labels = first.cell.labels.isEmpty ? [] : [markdown(first.cell.labels)]
        return ([code(protocolName)] + first.cell.conditions + labels).joined(separator: ", ") + mark
    }
}

/// Which clips are trained and tested on under which labels: cells that share it can be compared clip by clip.
struct DivisionKey: Hashable {
    let split: ReportSplit
    let classes: [String]
    let labels: String

    init(_ cell: ReportCell) {
        split = cell.split
        classes = cell.classes
        labels = cell.labels
    }
}

/// What cells must share for their figures to stand in one table.
struct GroupKey: Hashable {
    let division: DivisionKey
    let isTransductive: Bool

    init(_ cell: ReportCell) {
        division = DivisionKey(cell)
        isTransductive = cell.isTransductive
    }
}

/// Everything about a cell but its division and its training seed, some axes left out if need be.
struct VariantKey: Hashable {
    let encoder, layer, head: String
    let axes: [ReportAxis]

    init(_ cell: ReportCell, leavingOut parents: [String] = []) {
        (encoder, head) = (cell.encoder, cell.head)
        layer = parents.contains("layer") ? "" : cell.layer
        axes = cell.variantAxes.filter { !parents.contains(where: $0.isUnder) }
    }
}

/// The elements by key, in the order in which the keys first occur.
func grouped<Element, Key: Hashable>(_ elements: [Element], by key: (Element) -> Key) -> [[Element]] {
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
