/// How stages are run.
public struct RunOptions: Sendable {
    /// How many workers a stage may use; at least 1.
    public var jobs: Int
    /// Passed on to the stages.
    public var keepGoing: Bool
    /// The names of stages that run even where their product is there.
    public var forced: [String]

    /// Gathers the options.
    public init(jobs: Int = 1, keepGoing: Bool = false, forced: [String] = []) {
        self.jobs = jobs
        self.keepGoing = keepGoing
        self.forced = forced
    }
}

/// What happens during a run, in order.
public enum RunEvent: Sendable {
    /// A stage begins, and why.
    case stageStarted(name: String, reason: String)
    /// A stage's product is there already.
    case stageFresh(name: String, detail: String)
    /// A stage is done.
    case stageFinished(name: String, StageOutcome)
    /// A stage has failed.
    case stageFailed(name: String, any Error)
    /// Stages that need the failed one, directly or through others, and so do not run.
    case stagesSkipped(names: [String], because: String)
}

/// What became of the stages, by name, each list in the order of the run.
public struct RunSummary: Sendable, Equatable {
    /// Those whose product was there already.
    public internal(set) var fresh: [String] = []
    /// Those that have run.
    public internal(set) var ran: [String] = []
}

/// Plans a graph of stages and runs what is stale, in order, on the calling thread.
///
/// It prints nothing and records nothing: what happens is told as events, products are the stages' own. A forced stage
/// runs once more; the stages that need it are looked over after it as after any other, and run only if its product
/// leaves theirs stale. A failed stage does not stop those that do not need it.
public struct Runner {
    private let graph: StageGraph
    private let options: RunOptions
    private let planner: Planner
    private let sink: @Sendable (RunEvent) -> Void

    /// A runner of a graph.
    /// - Parameter sink: takes the events.
    /// - Throws: ``PipelineError/unknownForcedStage(_:stages:)``.
    public init(_ graph: StageGraph, options: RunOptions, sink: @escaping @Sendable (RunEvent) -> Void) throws {
        if let unknown = options.forced.first(where: { !graph.names.contains($0) }) {
            throw PipelineError.unknownForcedStage(unknown, stages: graph.names)
        }
        self.graph = graph
        self.options = options
        self.sink = sink
        planner = Planner(graph: graph, forced: Set(options.forced))
    }

    /// What a run would do, for `--dry-run` and for ``run(_:)``.
    public func plan() -> Plan { planner.plan() }

    /// Carries out a plan.
    ///
    /// Stages that the plan has waiting are looked over again when their turn comes.
    /// - Throws: the first stage's error, after every stage that could run has run.
    @discardableResult
    public func run(_ plan: Plan) throws -> RunSummary {
        let planned = plan.stages.map(\.name)
        precondition(planned == graph.names, "expected a plan of \(graph.names), found one of \(planned)")
        var progress = Progress()
        for (stage, planned) in zip(graph.stages, plan.stages) where !progress.skipped.contains(stage.name) {
            carryOut(stage, planned.state, &progress)
        }
        if let error = progress.firstError { throw error }
        return progress.summary
    }

    private struct Progress {
        var settled: [String: StageKey] = [:]
        var skipped: Set<String> = []
        var firstError: (any Error)?
        var summary = RunSummary()
    }

    private func carryOut(_ stage: StageGraph.Stage, _ planned: PlannedState, _ progress: inout Progress) {
        let isWaiting = if case .waiting = planned { true } else { false }
        switch isWaiting ? planner.state(of: stage, settled: progress.settled) : planned {
        case .fresh(let key, let detail):
            progress.settled[stage.name] = key
            progress.summary.fresh.append(stage.name)
            sink(.stageFresh(name: stage.name, detail: detail))
        case .stale(let key, let reason): start(stage, key, reason, &progress)
        case .failed(let error): fail(stage, error, &progress)
        case .waiting(let needs):
            preconditionFailure("expected the needs of '\(stage.name)' to be settled or skipped, found \(needs)")
        }
    }

    private func start(_ stage: StageGraph.Stage, _ key: StageKey, _ reason: String, _ progress: inout Progress) {
        let name = stage.name
        let context = RunContext(
            key: key, jobs: options.jobs, keepGoing: options.keepGoing, isForced: options.forced.contains(name))
        sink(.stageStarted(name: name, reason: reason))
        do {
            let outcome = try stage.work.run(context)
            progress.settled[name] = key
            progress.summary.ran.append(name)
            sink(.stageFinished(name: name, outcome))
        } catch {
            fail(stage, error, &progress)
        }
    }

    private func fail(_ stage: StageGraph.Stage, _ error: any Error, _ progress: inout Progress) {
        progress.firstError = progress.firstError ?? error
        sink(.stageFailed(name: stage.name, error))
        let skipped = graph.dependents(of: stage.name).filter { !progress.skipped.contains($0) }
        guard !skipped.isEmpty else { return }
        progress.skipped.formUnion(skipped)
        sink(.stagesSkipped(names: skipped, because: stage.name))
    }
}
