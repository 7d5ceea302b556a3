import Diagnosis
import Drafts
import Foundation
import Pipeline

/// A pipeline made ready to run: its stages read and joined, nothing computed yet.
public struct Experiment {
    let file: URL
    let graph: StageGraph
    let scene: Scene

    /// Reads a stage file and makes its stages.
    ///
    /// - Parameter overrides: changes to it as `PATH=VALUE`.
    /// - throws: `PipelineError` with the position of what is wrong, ``StageError`` for stages that do not fit together.
    public init(file: URL, overrides: [String] = [], project: Project, options: WorkOptions) throws {
        let stageFile = try StageFile(contentsOf: file, overrides: overrides)
        self.file = file
        scene = Scene(pipeline: stageFile.name, question: stageFile.question, project: project, options: options)
        graph = try StageGraph(stageFile, factories: stageFactories(scene))
        for kind in ["train", "report"] where graph.stages.count(where: { $0.declaration.kind == kind }) > 1 {
            throw StageError.repeatedKind(pipeline: file.relativePath, kind: kind)
        }
    }

    /// The pipeline's name.
    public var name: String { scene.pipeline }

    /// What a run would do, a line a stage: the `status` command and `run --dry-run`.
    public func plan(forcing forced: [String]) throws -> String {
        let plan = try runner(forcing: forced).plan()
        if let error = plan.firstError { throw error }
        return plan.description
    }

    /// Runs what is stale; returns where the report is, or that nothing was to do.
    public func run(forcing forced: [String]) throws -> String {
        let console = scene.options.console
        let runner = try runner(forcing: forced)
        let plan = runner.plan()
        console.line("\(scene.pipeline) (\(Diagnosis.printableLine(file.relativePath)))")
        tellLosses()
        for line in plan.description.split(separator: "\n") { console.line("  \(line)") }
        try checkSplits(plan)
        removeAbandonedDrafts()
        let summary = try runner.run(plan)
        let verdict = summary.ran.isEmpty ? "nothing to do" : "done"
        guard let report = stages(of: ReportStage.self).last else { return verdict }
        return "\(verdict): \(report.folder.appendingPathComponent("report.html").relativePath)"
    }

    /// The stages of one kind, in running order.
    func stages<Work>(of kind: Work.Type) -> [Work] { graph.stages.compactMap { $0.work as? Work } }

    /// The last stage of a kind that a command works on.
    func stage<Work>(of kind: Work.Type, named kindName: String, for command: String) throws -> Work {
        guard let stage = stages(of: kind).last else {
            throw StageError.absent(pipeline: file.relativePath, kind: kindName, command: command)
        }
        return stage
    }

    /// Throws unless every stage is fresh.
    func requireFresh() throws {
        let plan = try runner(forcing: []).plan()
        if let error = plan.firstError { throw error }
        for stage in plan.stages {
            guard case .fresh = stage.state else {
                throw StageError.notRun(pipeline: file.relativePath, stage: stage.name, reason: "\(stage.state)")
            }
        }
    }

    /// Throws ``StageError/notRun(pipeline:stage:reason:)`` where a stage makes the corpus or the encoder and has not.
    func requireInputs() throws {
        guard graph.stages.contains(where: { $0.work is SynthesizeStage }) else { return }
        for stage in try runner(forcing: []).plan().stages where stage.kind == "synthesize" {
            if case .failed(let error) = stage.state { throw error }
            guard case .fresh = stage.state else {
                throw StageError.notRun(pipeline: file.relativePath, stage: stage.name, reason: "\(stage.state)")
            }
        }
    }

    /// What turned out to be damaged when the cache's tables were brought up to date is not there any more.
    private func tellLosses() {
        let losses = scene.project.store.losses
        guard !losses.isEmpty else { return }
        scene.options.console.line(
            "  warning: \(losses.embeddings) cached embeddings and \(losses.trainings) trained heads were damaged and dropped; "
                + "what is missing is made again")
    }

    /// Removes the drafts of processes that were killed: whoever writes beside them would, but others may have done that work.
    private func removeAbandonedDrafts() {
        let project = scene.project
        let places = [(project.heads(of: name), project.cache), (project.report(of: name), project.reports)]
        for (folder, owner) in places where (try? OwnFolder.check(folder, within: owner)) != nil {
            Draft.removeAbandoned(in: folder)
        }
    }

    /// Finds leaks, forbidden overlaps and absent layers before any compute, where the corpus is there to tell.
    private func checkSplits(_ plan: Plan) throws {
        let isListed = plan.stages.filter { ["corpus", "corpora"].contains($0.kind) }.allSatisfy {
            if case .fresh = $0.state { true } else { false }
        }
        guard isListed else { return }
        for train in stages(of: TrainStage.self) { try train.checkBeforeEmbedding() }
    }

    private func runner(forcing forced: [String]) throws -> Runner {
        let console = scene.options.console
        let options = RunOptions(jobs: scene.options.jobs, keepGoing: scene.options.keepGoing, forced: forced)
        return try Runner(graph, options: options) { event in Self.tell(event, on: console) }
    }

    private static func tell(_ event: RunEvent, on console: Console) {
        switch event {
        case .stageStarted(let name, let reason):
            console.enter(stage: name)
            console.line("\(name): \(Diagnosis.printableLine(reason))")
        case .stageFinished(let name, let outcome):
            outcome.summary.forEach { console.line("\(name): \(Diagnosis.printableLine($0))") }
        case .stageFailed(let name, _): console.line("\(name): failed")
        case .stagesSkipped(let names, let cause):
            console.line("skipped because \(cause) failed: \(names.joined(separator: ", "))")
        case .stageFresh: break
        }
    }
}

/// How each kind of stage is made, with the stages that it may need.
private func stageFactories(_ scene: Scene) -> [String: StageFactory] {
    [
        "synthesize": { declaration, needs in
            try requireNeeds([], needs, of: declaration)
            return try SynthesizeStage(declaration, scene: scene)
        },
        "corpus": { declaration, needs in
            if !needs.isEmpty { try requireNeeds([SynthesizeStage.self], needs, of: declaration) }
            return try CorpusStage(declaration, scene: scene)
        },
        "corpora": { declaration, needs in
            try JointCorpusStage(declaration, parts: try corpusStages(needs, of: declaration))
        },
        "embed": { declaration, needs in
            let corpus: any ClipSource = try onlyNeed(needs, of: declaration, kinds: ["corpus", "corpora"])
            return try EmbedStage(declaration, corpusStage: corpus, scene: scene)
        },
        "train": { declaration, needs in
            let embeds = try embedStages(needs, of: declaration)
            return try TrainStage(declaration, embedStages: embeds, scene: scene)
        },
        "report": { declaration, needs in
            let train: TrainStage = try onlyNeed(needs, of: declaration, kinds: ["train"])
            return try ReportStage(declaration, trainStage: train, scene: scene)
        },
    ]
}

private func onlyNeed<Work>(_ needs: [any StageWork], of declaration: StageDeclaration, kinds: [String]) throws -> Work
{
    guard needs.count == 1, let work = needs[0] as? Work else {
        throw StageError.wrongNeed(
            stage: declaration.name, kind: declaration.kind, needs: declaration.needs,
            expected: "one stage of kind \(kinds.map { "\"\($0)\"" }.joined(separator: " or "))")
    }
    return work
}

/// Two or more corpora to be joined.
private func corpusStages(_ needs: [any StageWork], of declaration: StageDeclaration) throws -> [CorpusStage] {
    let stages = needs.compactMap { $0 as? CorpusStage }
    guard stages.count > 1, stages.count == needs.count else {
        throw StageError.wrongNeed(
            stage: declaration.name, kind: declaration.kind, needs: declaration.needs,
            expected: "two or more stages of kind \"corpus\"")
    }
    return stages
}

/// One or more embed stages of one corpus, the first of which is never left out.
private func embedStages(_ needs: [any StageWork], of declaration: StageDeclaration) throws -> [EmbedStage] {
    let stages = needs.compactMap { $0 as? EmbedStage }
    guard let first = stages.first, stages.count == needs.count,
        stages.allSatisfy({ $0.corpusStage === first.corpusStage }), !first.isOptional
    else {
        throw StageError.wrongNeed(
            stage: declaration.name, kind: declaration.kind, needs: declaration.needs,
            expected: "stages of kind \"embed\" that need one corpus stage, the first of them not optional")
    }
    return stages
}

private func requireNeeds(
    _ kinds: [any StageWork.Type], _ needs: [any StageWork], of declaration: StageDeclaration
) throws {
    guard needs.count == kinds.count, zip(needs, kinds).allSatisfy({ type(of: $0) == $1 }) else {
        throw StageError.wrongNeed(
            stage: declaration.name, kind: declaration.kind, needs: declaration.needs,
            expected: kinds.isEmpty ? "no `needs`" : "one stage of kind \"synthesize\", or no `needs`")
    }
}
