import Diagnosis

/// What would happen to one stage.
public enum PlannedState: Sendable {
    /// Its product is there.
    case fresh(StageKey, detail: String)
    /// It would run.
    case stale(StageKey, reason: String)
    /// Stages that it needs would run first; until then its key cannot be known.
    case waiting(on: [String])
    /// Looking it over failed; so would running it.
    case failed(any Error)
}

/// One stage of a plan.
public struct PlannedStage: Sendable {
    /// The stage's name.
    public let name: String
    /// The stage's kind.
    public let kind: String
    /// What would happen to it.
    public let state: PlannedState
}

/// What a run would do, stage by stage in its order; printable.
public struct Plan: Sendable, CustomStringConvertible {
    /// The stages in the order in which they run.
    public let stages: [PlannedStage]

    /// Whether every product is there.
    public var isFresh: Bool {
        stages.allSatisfy { stage in if case .fresh = stage.state { true } else { false } }
    }

    /// The first error met while looking the stages over, for whoever only plans.
    public var firstError: (any Error)? {
        stages.lazy.compactMap { stage in if case .failed(let error) = stage.state { error } else { nil } }.first
    }

    /// One line a stage: its name, what would happen, and why.
    public var description: String {
        let width = stages.map(\.name.count).max() ?? 0
        return stages.map { stage in
            let name = stage.name + String(repeating: " ", count: width - stage.name.count)
            return "\(name)  \(Diagnosis.printableLine("\(stage.state)"))"
        }.joined(separator: "\n")
    }
}

extension PlannedState: CustomStringConvertible {
    /// The word for it, padded to one width, and why.
    public var description: String {
        switch self {
        case .fresh(_, let detail): detail.isEmpty ? "fresh" : "fresh   \(detail)"
        case .stale(_, let reason): "stale   \(reason)"
        case .waiting(let stages): "waits   for \(stages.joined(separator: ", "))"
        case .failed: "failed"
        }
    }
}
