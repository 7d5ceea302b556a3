import Evaluation
import FeatureStore
import Foundation
import Reports

/// Gathers what a report says from the store and the stages.
struct ReportAssembly {
    let trainStage: TrainStage
    let published: [PublishedResult]
    let bootstrap: SpeakerBootstrap
    let scene: Scene

    /// The report of every cell; a training that the store does not have is an error.
    func report() throws -> Report {
        let cache = try trainStage.embedStage.cache()
        return Report(
            title: scene.pipeline, question: scene.question.replacing("\n", with: "\n\n"),
            stamps: try stamps(for: cache.source.origin),
            classes: try trainStage.classes, cells: try cells(), published: published,
            excluded: try trainStage.embedStage.excluded().map { ExcludedClip(clip: $0.path, reason: $0.reason) },
            provenance: try provenance(cache), bootstrap: bootstrap)
    }

    private func cells() throws -> [ReportCell] {
        let trainings = Dictionary(grouping: try trainStage.trainings(), by: \.cell.id)
        let clips = try trainStage.labelledClips()
        return try trainStage.cells.map { cell in
            ReportCell(
                id: cell.id, protocolName: cell.splitProtocol.name, protocolSummary: cell.splitProtocol.summary,
                isSpeakerIndependent: cell.isSpeakerIndependent, isTransductive: cell.standardize == .speaker,
                layer: "\(cell.layer)", head: cell.headSummary, seed: cell.recipe.seed,
                folds: try (trainings[cell.id] ?? []).map { try fold($0, clips: clips) })
        }
    }

    private func fold(_ training: FoldTraining, clips: [LabelledClip]) throws -> ReportFold {
        guard let stored = try scene.project.store.training(training.key) else {
            throw StageError.notRun(
                pipeline: scene.pipeline, stage: trainStage.name,
                reason: "no result for \(training.cell.id) \(training.fold.name)")
        }
        let predictions = zip(training.fold.test, stored.predictions).map { clip, prediction in
            ReportPrediction(
                clip: clips[clip].path, speaker: clips[clip].speaker, label: prediction.label,
                probabilities: prediction.probabilities)
        }
        return ReportFold(
            name: training.fold.name, bestEpoch: stored.bestEpoch, predictions: predictions,
            history: stored.history.map(ReportEpoch.init))
    }

    /// Warnings that stand before everything else.
    private func stamps(for origin: EncoderOrigin) throws -> [String] {
        let isSynthetic = trainStage.embedStage.corpusStage.isSynthetic
        switch (isSynthetic, origin) {
        case (true, .untrained):
            return [
                "The speech is synthetic and the encoder untrained: these figures show that Timbre works, nothing else."
            ]
        case (true, _): return ["The speech is synthetic: these figures say nothing about people."]
        case (false, .untrained): return ["The encoder is untrained: its weights are random, and so is what it hears."]
        case (false, .unrecognised) where !published.isEmpty:
            return [
                "The encoder's weights are not a published checkpoint that Timbre recognises: do not set these figures beside published ones."
            ]
        default: return []
        }
    }

    private func provenance(_ cache: EmbeddingCache) throws -> [ProvenanceEntry] {
        let corpus = try trainStage.embedStage.corpusStage.corpus()
        let recipe = cache.recipe.fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let entries = [
            ("Timbre", timbreVersion),
            ("corpus", "\(corpus.clips.count.clips) of \(corpus.speakers.count) speakers, SHA-256 \(corpus.digest)"),
            ("encoder", "\(cache.source.origin.words), weights SHA-256 \(cache.source.weightsDigest)"),
            ("recipe", "\(recipe.joined(separator: "; ")); digest \(cache.recipe.digest)"),
            ("folds", try foldsDigest()),
        ]
        return entries.map { ProvenanceEntry(name: $0.0, value: $0.1) }
    }

    /// SHA-256 over who is in which part of every fold of every cell.
    private func foldsDigest() throws -> String {
        let clips = try trainStage.labelledClips()
        let parts = try trainStage.trainings().flatMap { training in
            [training.cell.id, training.fold.name]
                + [training.fold.train, training.fold.validation, training.fold.test].flatMap { part in
                    ["\(part.count)"] + part.map { clips[$0].path }
                }
        }
        return "SHA-256 \(Digest.of(parts))"
    }
}

extension ReportEpoch {
    init(_ epoch: StoredEpoch) {
        self.init(
            epoch: epoch.epoch, learningRate: epoch.learningRate, trainLoss: epoch.trainLoss,
            trainAccuracy: epoch.trainAccuracy, validationLoss: epoch.validationLoss,
            validationAccuracy: epoch.validationAccuracy)
    }
}
