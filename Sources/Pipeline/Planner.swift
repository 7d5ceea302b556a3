/// Tells what would happen to each stage; changes nothing.
struct Planner {
    let graph: StageGraph
    /// Stages that run even where their product is there.
    let forced: Set<String>

    /// A plan for the whole graph.
    func plan() -> Plan {
        var settled: [String: StageKey] = [:]
        let stages = graph.stages.map { stage in
            let state = state(of: stage, settled: settled)
            if case .fresh(let key, _) = state { settled[stage.name] = key }
            return PlannedStage(name: stage.name, kind: stage.declaration.kind, state: state)
        }
        return Plan(stages: stages)
    }

    /// What would happen to a stage, given the keys of those that are fresh or have run.
    func state(of stage: StageGraph.Stage, settled: [String: StageKey]) -> PlannedState {
        let needs = stage.declaration.needs
        let unsettled = needs.filter { settled[$0] == nil }
        guard unsettled.isEmpty else { return .waiting(on: unsettled) }
        do {
            let key = try key(of: stage, needs: needs.compactMap { settled[$0] })
            return try state(of: stage, key: key)
        } catch {
            return .failed(error)
        }
    }

    private func key(of stage: StageGraph.Stage, needs: [StageKey]) throws -> StageKey {
        StageKey(
            kind: stage.declaration.kind, resultVersion: stage.work.resultVersion,
            parameters: stage.work.canonicalParameters, needs: needs, externalInputs: try stage.work.externalInputs())
    }

    private func state(of stage: StageGraph.Stage, key: StageKey) throws -> PlannedState {
        if forced.contains(stage.name) { return .stale(key, reason: "forced") }
        return switch try stage.work.state(for: key) {
        case .fresh(let detail): .fresh(key, detail: detail)
        case .stale(let reason): .stale(key, reason: reason)
        }
    }
}
