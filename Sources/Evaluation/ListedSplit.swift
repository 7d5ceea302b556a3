/// Divides a corpus as a list of one's own says.
struct ListedSplit: Splitter {
    let list: ListedFolds

    /// By declaration; ``LeakGuard`` holds the list to it.
    let isSpeakerIndependent = true

    var name: String { list.name }
    var summary: String { "Folds of one's own, \(list.foldCount) of them, as the stage file lists them." }

    func foldCount(of clips: [LabelledClip]) -> Int { list.foldCount }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        let members = ListedMembers(of: clips)
        let strangers = list.rows.filter { members[$0.member].isEmpty }
        guard strangers.isEmpty else { throw EvaluationError.unknownMembers(strangers, protocolName: name) }
        return try list.folds.map { fold, rows in
            let assigned = try assignments(of: rows, members: members, clips: clips)
            guard rows[0].part != nil else {
                return Fold(name: fold, testing: Array(assigned.keys), outOf: clips.count)
            }
            return Fold(name: fold, assigned: assigned.compactMapValues(\.part))
        }
    }

    /// The row that speaks of each clip; where several do they agree.
    private func assignments(
        of rows: [ListedFolds.Row], members: ListedMembers, clips: [LabelledClip]
    ) throws -> [Int: ListedFolds.Row] {
        var assigned: [Int: ListedFolds.Row] = [:]
        for row in rows {
            for index in members[row.member] {
                let first = assigned[index, default: row]
                guard first.part == row.part else {
                    throw EvaluationError.assignedTwice(clips[index].path, first, row, protocolName: name)
                }
                assigned[index] = first
            }
        }
        return assigned
    }
}

/// The clips that each row of a list can name.
private struct ListedMembers {
    private let byPath: [String: [Int]]
    private let bySpeaker: [String: [Int]]

    init(of clips: [LabelledClip]) {
        byPath = Dictionary(grouping: clips.indices) { clips[$0].path }
        bySpeaker = Dictionary(grouping: clips.indices) { clips[$0].speaker }
    }

    subscript(member: ListedFolds.Member) -> [Int] {
        switch member {
        case .clip(let path): byPath[path, default: []]
        case .speaker(let name): bySpeaker[name, default: []]
        }
    }
}

extension Fold {
    fileprivate init(name: String, assigned parts: [Int: FoldPart]) {
        func clips(in part: FoldPart) -> [Int] { parts.filter { $0.value == part }.keys.sorted() }
        self.init(name: name, train: clips(in: .train), validation: clips(in: .validation), test: clips(in: .test))
    }
}
