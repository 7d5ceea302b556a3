/// Puts stages in the order in which they run: each after all that it needs, and otherwise as the file has them.
///
/// Of the stages whose needs are all placed, the one that stands first in the file comes next. Throws for a need that
/// is unknown, repeated or the stage itself, and for a cycle, which it spells out.
func inRunningOrder(_ declarations: [StageDeclaration]) throws -> [StageDeclaration] {
    let positions = Dictionary(declarations.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for declaration in declarations { try checkNeeds(of: declaration, among: positions, declarations) }
    var order = RunningOrder(needs: declarations.map { $0.needs.compactMap { positions[$0] } })
    order.placeAllPossible()
    if let cycle = order.cycle {
        let first = declarations[cycle[0]]
        throw PipelineError.cycle(first.needsPlace, (cycle + [cycle[0]]).map { declarations[$0].name })
    }
    return order.placed.map { declarations[$0] }
}

private func checkNeeds(
    of stage: StageDeclaration, among positions: [String: Int], _ declarations: [StageDeclaration]
) throws {
    var seen: Set<String> = []
    for (need, place) in zip(stage.needs, stage.needPlaces) {
        guard need != stage.name else { throw PipelineError.needsItself(place, stage: stage.name) }
        guard positions[need] != nil else {
            let others = declarations.map(\.name).filter { $0 != stage.name }
            throw PipelineError.unknownNeed(place, stage: stage.name, need: need, stages: others)
        }
        guard seen.insert(need).inserted else { throw PipelineError.repeatedNeed(place, need: need) }
    }
}

extension StageDeclaration {
    fileprivate var needsPlace: SourcePlace { needPlaces.first ?? parameters.place }
}

/// Kahn's algorithm ("Topological sorting of large networks", CACM 5(11), 1962) over positions in the file.
private struct RunningOrder {
    let needs: [[Int]]
    private var neededBy: [[Int]]
    private var openNeeds: [Int]
    /// Positions whose needs are all placed, in descending order, so that the first in the file is the last here.
    private var ready: [Int]
    private(set) var placed: [Int] = []

    init(needs: [[Int]]) {
        self.needs = needs
        openNeeds = needs.map(\.count)
        ready = needs.indices.reversed().filter { needs[$0].isEmpty }
        neededBy = Array(repeating: [], count: needs.count)
        for (stage, needed) in needs.enumerated() {
            for need in needed { neededBy[need].append(stage) }
        }
    }

    mutating func placeAllPossible() {
        while let next = ready.popLast() {
            placed.append(next)
            for stage in neededBy[next] {
                openNeeds[stage] -= 1
                if openNeeds[stage] == 0 { insert(stage) }
            }
        }
    }

    private mutating func insert(_ stage: Int) {
        var (low, high) = (0, ready.count)
        while low < high {
            let middle = (low + high) / 2
            if ready[middle] > stage { low = middle + 1 } else { high = middle }
        }
        ready.insert(stage, at: low)
    }

    /// A cycle among what could not be placed, each position followed by one that it needs, from its first in the file.
    var cycle: [Int]? {
        guard let start = openNeeds.firstIndex(where: { $0 > 0 }) else { return nil }
        var path: [Int] = []
        var indexInPath: [Int: Int] = [:]
        var stage: Int? = start
        while let current = stage, indexInPath[current] == nil {
            indexInPath[current] = path.count
            path.append(current)
            stage = needs[current].first { openNeeds[$0] > 0 }
        }
        guard let repeated = stage, let entry = indexInPath[repeated] else { return nil }
        let loop = Array(path[entry...])
        let first = loop.indices.min { loop[$0] < loop[$1] } ?? 0
        return Array(loop[first...] + loop[..<first])
    }
}
