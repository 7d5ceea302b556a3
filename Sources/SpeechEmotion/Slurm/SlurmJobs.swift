import Diagnosis
import FeatureStore
import Foundation
import Kernels
import Reports

/// A pipeline's work as jobs for Slurm: the shards of an array, their merge, the heads likewise, and the run that does the
/// rest and reports.
public struct SlurmJobs {
    private let experiment: Experiment
    private let options: SlurmOptions
    private let places: SlurmPlaces
    private let memory: TaskMemory
    private let embedding: UnfinishedShards
    private let training: UnfinishedShards?

    /// Looks over the pipeline and what has been done of it.
    ///
    /// - throws: what a run would before it embeds anything, ``CorpusError/badClips(stage:root:problems:)`` for a corpus with
    ///   problems that are not to be left out, ``SlurmError``.
    public init(of experiment: Experiment, places: SlurmPlaces, options: SlurmOptions) throws {
        (self.experiment, self.options, self.places) = (experiment, options, places)
        try experiment.requireInputs()
        let stages = experiment.stages(of: EmbedStage.self).filter { !$0.isLeftOut }
        try Self.check(stages, keepGoing: experiment.scene.options.keepGoing)
        let train = experiment.stages(of: TrainStage.self).last
        try train?.checkBeforeEmbedding()
        memory = try TaskMemory(of: stages)
        let search = ShardSearch(
            pipeline: experiment.scene.pipeline, store: experiment.scene.project.store,
            keepGoing: experiment.scene.options.keepGoing)
        let shards = places.shards(.embed, options.array)
        // Tasks that train leave them out, too, and so train other heads than they would on all clips.
        let unusable = search.unusableClips(in: shards)
        for stage in stages { try stage.leaveOut(unusable) }
        embedding = try search.embedding(of: stages, in: shards)
        training = try options.trainArray.flatMap { count in
            try train.map { try search.training(of: $0, in: places.shards(.train, count)) }
        }
    }

    /// Writes the scripts and says which.
    public func write() throws -> String {
        try places.make()
        let scripts = scripts
        for script in scripts {
            let text = script.text(
                pipeline: experiment.scene.pipeline, folder: places.folder.path, shards: places.output.path,
                options: options)
            try Project.write(Data(text.utf8), to: places.output.appendingPathComponent(script.fileName))
        }
        let submission = SlurmSubmission(jobs: jobs, output: places.output)
        try Project.write(Data(submission.text.utf8), to: places.submission)
        chmod(places.submission.path, 0o755)
        return
            (scripts.map { "\(places.output.relativePath)/\($0.fileName): \($0.purpose)" } + [submission.words(places)])
            .joined(separator: "\n")
    }

    /// Sends what ``write()`` has written.
    ///
    /// - throws: ``SlurmError/noSbatch(script:)``, ``SlurmError/refused(script:status:)``.
    public func submit() throws { try SlurmSubmission.send(places.submission) }

    /// A corpus that stops a run at its end would stop every task.
    private static func check(_ stages: [EmbedStage], keepGoing: Bool) throws {
        guard !keepGoing else { return }
        for stage in stages {
            let corpus = try stage.corpusStage.corpus()
            guard !corpus.problems.isEmpty else { continue }
            throw CorpusError.badClips(
                stage: stage.name, root: corpus.place, problems: corpus.problems.map(\.line))
        }
    }

    /// The jobs to be sent, in the order in which they wait for each other.
    private var jobs: [SlurmJob] {
        let merged = [SlurmJob("embed", tasks: embedding.numbers), SlurmJob("merge")]
        let heads = training.map { training in
            [SlurmJob("train", tasks: training.numbers), SlurmJob("merge-heads")]
                .filter { _ in training.isNeeded }
        }
        return (embedding.isNeeded ? merged : []) + (heads ?? []) + [SlurmJob("run")]
    }

    private var scripts: [BatchScript] {
        let name = experiment.scene.pipeline
        let embed = memory.embedding(workers: options.processors)
        let train = memory.training(workers: options.processors)
        var scripts = [
            script(
                "embed", "Embeds a share of \(name)'s clips, one a task.", shard(.embed, options.array), embed,
                TaskMemory.rule, options.array),
            script("merge", "Brings the shares of \(name)'s embeddings into the cache.", merge(.embed, options.array)),
        ]
        if let count = options.trainArray {
            scripts += [
                script(
                    "train", "Trains a share of \(name)'s heads, one a task.", shard(.train, count), train,
                    TaskMemory.trainingRule, count),
                script("merge-heads", "Brings the shares of \(name)'s heads into the cache.", merge(.train, count)),
            ]
        }
        let rest = options.trainArray == nil ? "Trains \(name)'s heads" : "Does what is left of \(name)"
        return scripts + [script("run", "\(rest) and writes the report.", run, train, TaskMemory.trainingRule)]
    }

    private func script(
        _ name: String, _ purpose: String, _ command: [String], _ memory: String, _ rule: String, _ tasks: Int? = nil
    ) -> BatchScript {
        BatchScript(
            name: name, purpose: purpose, tasks: tasks, processors: options.processors,
            memory: options.memory ?? memory, memoryRule: options.memory == nil ? rule : "as asked for",
            command: command)
    }

    private func script(_ name: String, _ purpose: String, _ command: [String]) -> BatchScript {
        BatchScript(
            name: name, purpose: purpose, processors: 1, memory: TaskMemory.merging,
            memoryRule: "a batch of rows, and the keys of a shard", command: command)
    }

    private func shard(_ kind: ShardManifest.Kind, _ count: Int) -> [String] {
        ["\(places.program) \(kind.command) \(places.pipeline)"] + places.arguments + [
            "--shard \"$SLURM_ARRAY_TASK_ID/\(count)\"",
            "--output \"$shards/\(SlurmPlaces.shardName(kind, "$SLURM_ARRAY_TASK_ID", count))\"", workers,
        ] + going
    }

    private func merge(_ kind: ShardManifest.Kind, _ count: Int) -> [String] {
        let numbers = count == 1 ? "1" : "{1..\(count)}"
        return [
            "\(places.program) cache merge \(places.cacheArgument)",
            "\"$shards\"/\(SlurmPlaces.shardName(kind, numbers, count))",
        ]
    }

    private var run: [String] { ["\(places.program) run \(places.pipeline)"] + places.arguments + [workers] + going }

    private var workers: String { "--jobs \"$SLURM_CPUS_PER_TASK\"" }

    private var going: [String] { experiment.scene.options.keepGoing ? ["--keep-going"] : [] }
}

extension TaskMemory {
    fileprivate init(of stages: [EmbedStage]) throws {
        var (weights, states) = (0, 0)
        for stage in stages {
            let source = try stage.cache().source
            let size = try FileManager.default.attributesOfItem(atPath: source.weights.path)[.size] as? Int
            weights = max(weights, size ?? 0)
            let clip = source.stateCount * source.configuration.hiddenSize * MemoryLayout<Float>.size
            states = max(states, clip * (try stage.corpusStage.corpus().clips.count))
        }
        self.init(weights: weights, states: states)
    }
}
