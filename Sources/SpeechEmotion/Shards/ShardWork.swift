import Diagnosis
import FeatureStore
import Foundation
import Pipeline
import Reports

/// A share of a pipeline's work, done into a file of its own: the commands `embed-shard` and `train-shard`.
///
/// The file is a store like the cache, written by one process alone and without locks. The project's cache, if it is there, is
/// read without locks for what need not be done again: digests of files, embeddings, heads. Nothing is written into it.
public struct ShardWork {
    let shard: Shard
    let output: URL
    let experiment: Experiment
    let elder: FeatureStore?

    private var store: FeatureStore { experiment.scene.project.store }
    private var console: Console { experiment.scene.options.console }

    /// Opens the shard's file, making it if need be, and the pipeline before it.
    ///
    /// - throws: `PipelineError` and ``StageError`` for a stage file that is wrong, ``OwnershipError`` while another process
    ///   writes the file, `FeatureStoreError` where it is no store of ours.
    public init(
        _ shard: Shard, output: URL, pipeline: URL, overrides: [String], cache: URL, reports: URL, options: WorkOptions
    ) throws {
        // What is wrong with the stage file is told before a file is made.
        _ = try StageFile(contentsOf: pipeline, overrides: overrides)
        self.shard = shard
        self.output = output
        let elder = Self.elder(in: cache, console: options.console)
        self.elder = elder
        let store = try FeatureStore(at: output, access: .alone, before: elder)
        experiment = try Experiment(
            file: pipeline, overrides: overrides, project: Project(cache: cache, reports: reports, store: store),
            options: options)
    }

    /// Embeds the share's clips that neither the file nor the cache has, by every embed stage, and says how far it has come.
    ///
    /// - throws: ``CorpusError/badClips(stage:root:problems:)`` at the end for clips of the share that cannot be used, unless
    ///   those are left out.
    public func embed() throws -> String {
        try begin(.embed)
        let stages = try embedStages(for: "embed-shard")
        let shares = try stages.map { stage in
            try EmbedShare(stage, shard: shard, elder: elder)
        }
        var manifest = ShardManifest(.embed, of: experiment.scene.pipeline, shard, parts: shares.map(\.part))
        try manifest.record(in: store)
        var problems: [(share: EmbedShare, problems: [CorpusProblem])] = []
        for (index, share) in shares.enumerated() {
            console.enter(stage: share.stage.name)
            console.line("\(share.stage.name): \(try ShardState(of: manifest, in: store).words("clip"))")
            let unusable = try share.embed(experiment.scene.options)
            manifest.parts[index].failed = ShardManifest.Part.data(of: share.keys(of: unusable))
            if !unusable.isEmpty { problems.append((share, unusable)) }
        }
        try manifest.record(in: store)
        if let (share, problems) = problems.first, !experiment.scene.options.keepGoing {
            throw CorpusError.badClips(
                stage: share.stage.name, root: try share.stage.corpusStage.corpus().place,
                problems: problems.map(\.line))
        }
        return try summary(manifest)
    }

    /// Trains the share's heads that neither the file nor the cache has and says how far it has come.
    ///
    /// Every embedding must be in the cache; heads that are to be kept are saved beside the cache's others.
    ///
    /// - throws: ``StageError/diverged(stage:heads:isAll:)`` at the end for heads that diverged, unless those are left out.
    public func train() throws -> String {
        try begin(.train)
        let stage = try experiment.stage(of: TrainStage.self, named: "train", for: "train-shard")
        try requireEmbeddings(of: stage)
        let share = try stage.trainings().filter { shard.holds($0.key) }
        let elders = try elder?.unlessDamaged { try $0.trainedKeys(share.map(\.key)) } ?? []
        var manifest = ShardManifest(
            .train, of: experiment.scene.pipeline, shard,
            parts: [
                ShardManifest.Part(
                    stage: stage.name, recipe: nil, owed: share.map(\.key).filter { !elders.contains($0) })
            ])
        try manifest.record(in: store)
        console.enter(stage: stage.name)
        console.line("\(stage.name): \(try ShardState(of: manifest, in: store).words("head"))")
        let isGoing = experiment.scene.options.keepGoing
        let pending = try stage.pending(of: share, leavingDiverged: isGoing)
        let diverged = pending.isEmpty ? [] : try train(pending, of: stage)
        manifest.parts[0].failed = ShardManifest.Part.data(of: try store.divergences(among: share).map(\.key))
        try manifest.record(in: store)
        guard diverged.isEmpty || isGoing else {
            throw StageError.diverged(stage: stage.name, heads: diverged.map(\.line), isAll: false)
        }
        return try summary(manifest)
    }

    /// Checks that the file is of this share or new, and drops what is damaged in it, so that it is made again.
    private func begin(_ kind: ShardManifest.Kind) throws {
        let path = output.relativePath
        let wanted = ShardManifest(kind, of: experiment.scene.pipeline, shard, parts: [])
        let manifest = try ShardManifest(in: store)
        if let found = manifest {
            guard found.isOfOneSplit(with: wanted), found.shard == shard else {
                throw ShardError.otherShare(file: path, found: found.words, expected: wanted.words)
            }
        }
        let found = try store.verify(droppingDamaged: true)
        guard found.complaints.isEmpty else { throw ShardError.damaged(file: path, reason: found.complaints[0]) }
        if !found.hasSoundRows {
            console.line("warning: \(counted(found.damagedRows, "row")) of \(path) damaged; made again")
        }
        // A kill while the corpus is digested leaves a file that says what it is to be.
        if manifest == nil { try wanted.record(in: store) }
        try experiment.requireInputs()
    }

    private func embedStages(for command: String) throws -> [EmbedStage] {
        let stages = experiment.stages(of: EmbedStage.self).filter { !$0.isLeftOut }
        guard stages.isEmpty else { return stages }
        return [try experiment.stage(of: EmbedStage.self, named: "embed", for: command)]
    }

    /// Clips that the cache lacks because they cannot be used are found out again where they are to be left out.
    private func requireEmbeddings(of stage: TrainStage) throws {
        for embed in stage.embedStages where !embed.isLeftOut {
            let clips = try embed.corpusStage.corpus().clips
            try requireReadableCache(of: embed, clips)
            let missing = try embed.cache().missing(of: clips)
            if missing.isEmpty { continue }
            guard experiment.scene.options.keepGoing else {
                throw ShardError.notEmbedded(
                    stage: embed.name, cache: experiment.scene.project.cache.relativePath, clips: missing.count)
            }
            try embed.tryAgain(missing)
        }
        try stage.checkBeforeEmbedding()
    }

    /// What is not there because the cache seems damaged is not to be embedded again by every task.
    private func requireReadableCache(of stage: EmbedStage, _ clips: [CorpusClip]) throws {
        let recipe = try stage.cache().recipe
        do {
            _ = try elder?.missing(clips.map(\.digest), recipe: recipe)
        } catch let error as FeatureStoreError {
            throw cacheInUse(error.briefReason)
        }
    }

    /// Trains heads on rows that were there a moment ago.
    private func train(_ pending: [FoldTraining], of stage: TrainStage) throws -> [Divergence] {
        do {
            return try stage.train(pending, jobs: experiment.scene.options.jobs)
        } catch ModelError.embeddingsLost(store: _, clips: let clips) where elder != nil {
            throw cacheInUse("\(clips.clips) without a sound row")
        }
    }

    private func cacheInUse(_ reason: String) -> ShardError {
        .cacheInUse(cache: experiment.scene.project.cache.relativePath, reason: reason)
    }

    private func summary(_ manifest: ShardManifest) throws -> String {
        let state = try ShardState(of: manifest, in: store)
        return "\(output.relativePath): \(manifest.words): \(state.words(manifest.kind.noun))"
    }

    /// The project's cache as far as it can be read without locks; nil, and told, where it cannot.
    private static func elder(in cache: URL, console: Console) -> FeatureStore? {
        do {
            return try FeatureStore(at: cache.appendingPathComponent("features.sqlite"), access: .still)
        } catch FeatureStoreError.absent {
            return nil
        } catch {
            console.line("\(cache.relativePath) is passed over: \(error.briefReason)")
            return nil
        }
    }
}

/// The clips of one embed stage that a share has.
private struct EmbedShare {
    let stage: EmbedStage
    let clips: [CorpusClip]
    let part: ShardManifest.Part

    init(_ stage: EmbedStage, shard: Shard, elder: FeatureStore?) throws {
        self.stage = stage
        clips = try stage.corpusStage.corpus().clips.filter { shard.holds($0.digest) }
        let (recipe, all) = (try stage.cache().recipe, clips.map(\.digest))
        let owed = try elder?.unlessDamaged { try $0.missing(all, recipe: recipe) } ?? Set(all)
        part = ShardManifest.Part(stage: stage.name, recipe: recipe, owed: owed.sorted())
    }

    /// Embeds what is missing and returns the clips of the share that cannot be used.
    func embed(_ options: WorkOptions) throws -> [CorpusProblem] {
        let cache = try stage.cache()
        let unusable = try cache.embed(
            cache.missing(of: clips), among: clips, jobs: options.jobs, console: options.console)
        if !unusable.isEmpty { try stage.corpusStage.corpus().checkPresence() }
        return unusable
    }

    func keys(of problems: [CorpusProblem]) -> Set<Digest> {
        let paths = Set(problems.map(\.path))
        return Set(clips.filter { paths.contains($0.path) }.map(\.digest))
    }
}
