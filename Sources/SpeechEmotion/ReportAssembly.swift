import Evaluation
import FeatureStore
import Foundation
import Reports

/// Gathers what a report says from the store and the stages.
struct ReportAssembly {
    let trainStage: TrainStage
    let settings: ReportSettings
    let scene: Scene
    /// Where the corpus lies as seen from the report.
    let corpusLink: String

    /// Writes the report of every cell, one after the other; a training that the store does not have is an error.
    func write(to folder: ReportFolder) throws {
        let trainings = Dictionary(grouping: try trainStage.trainings(), by: \.cell.id)
        let clips = try trainStage.labelledClips()
        let cells = trainStage.cells.compactMap { trainings[$0.id] }
        let controls = try controls(of: cells.map { $0[0].division })
        let renderer = try ReportRenderer(
            try report(), cells: cells.map { try cell(of: $0[0]) } + controls.map(\.cell), write: folder.append)
        for cell in cells { try renderer.add(try cell.map { try fold($0, clips: clips) }) }
        for control in controls { try renderer.add(control.folds(of: clips)) }
        try renderer.finish()
    }

    private func report() throws -> Report {
        Report(
            title: scene.pipeline, question: scene.question.replacing("\n", with: "\n\n"),
            stamps: try stamps(), published: settings.published,
            excluded: try trainStage.excluded().map { ExcludedClip(clip: $0.path, reason: $0.reason) },
            provenance: try provenance(), bootstrap: settings.bootstrap, selection: settings.selection,
            comparison: settings.comparison, picturedCells: settings.pictures, palette: settings.palette,
            claimedConfusions: settings.claimedConfusions, corpusLink: corpusLink)
    }

    /// One for each way in which the clips are divided.
    private func controls(of divisions: [Division]) throws -> [MajorityControl] {
        var seen: Set<Digest> = []
        return try divisions.map { division in
            let labels = try settings.labels.relabelling(of: division.request.labels.classes)
            return MajorityControl(division: division, labels: labels)
        }.filter { seen.insert($0.identity).inserted }
    }

    private func cell(of training: FoldTraining) throws -> ReportCell {
        let cell = training.cell
        let labels = try settings.labels.relabelling(of: cell.division.labels.classes)
        let encoder = cell.encoderName.map { [ReportAxis(name: "encoder", value: $0)] } ?? []
        return ReportCell(
            id: cell.id, split: training.division.split, isTransductive: cell.standardize == .speaker,
            classes: labels.classes, labels: labels.words(after: training.division.labelWords),
            encoder: cell.encoderName ?? "", layer: cell.features.words, layers: try layers(of: cell),
            isSingleLayer: cell.features.isSingleLayer, head: cell.headSummary, seed: cell.recipe.seed,
            axes: encoder + cell.axes.map { ReportAxis(name: $0.axis, value: $0.text) })
    }

    /// The numbers of the layers that a cell's head is given.
    private func layers(of cell: TrainingCell) throws -> [Int] {
        cell.features.layers(of: try trainStage.embedStage(of: cell).cache().source.stateCount)
    }

    private func fold(_ training: FoldTraining, clips: [LabelledClip]) throws -> ReportFold {
        guard let stored = try scene.project.store.training(training.key) else {
            throw StageError.notRun(
                pipeline: scene.pipeline, stage: trainStage.name,
                reason: "no sound result for \(training.cell.id) \(training.fold.name)")
        }
        let labels = try settings.labels.relabelling(of: training.cell.division.labels.classes)
        let predictions = zip(training.fold.test, stored.predictions).map { clip, prediction in
            ReportPrediction(
                clip: clips[clip].path, speaker: clips[clip].speaker, label: labels.label(of: prediction.label),
                probabilities: labels.probabilities(prediction.probabilities))
        }
        return ReportFold(
            name: training.fold.name, bestEpoch: stored.bestEpoch, predictions: predictions,
            validation: validation(stored, labels: labels),
            history: stored.history.map(ReportEpoch.init), layerWeights: stored.layerWeights)
    }

    private func validation(_ stored: StoredTraining, labels: Relabelling) -> ConfusionMatrix? {
        guard !stored.validation.isEmpty else { return nil }
        return ConfusionMatrix(
            labels: stored.validation.map { labels.label(of: $0.label) },
            predictions: stored.validation.map { predictedClass(of: labels.probabilities($0.probabilities)) },
            classes: labels.classes.count)
    }

    /// Warnings that stand before everything else.
    private func stamps() throws -> [String] { try stampsOfCorpusAndEncoder() + stampsOfOtherEncoders() }

    /// Several encoders are told apart in every table; that one of them is no published checkpoint is said here.
    private func stampsOfOtherEncoders() throws -> [String] {
        try trainStage.embedStages.dropFirst().filter { !$0.isLeftOut }.compactMap { stage in
            switch try stage.cache().source.origin {
            case .published: nil
            case .untrained: "The encoder of \(stage.name) is untrained, with random weights: a control."
            case .unrecognised: "The weights of \(stage.name) are not a published checkpoint that Timbre recognises."
            }
        }
    }

    private func stampsOfCorpusAndEncoder() throws -> [String] {
        let origin = try trainStage.embedStage.cache().source.origin
        let isSynthetic = trainStage.embedStage.corpusStage.isSynthetic
        switch (isSynthetic, origin) {
        case (true, .untrained):
            return [
                "The speech is synthetic and the encoder untrained: these figures show that Timbre works, nothing else."
            ]
        case (true, _): return ["The speech is synthetic: these figures say nothing about people."]
        case (false, .untrained): return ["The encoder is untrained: its weights are random, and so is what it hears."]
        case (false, .unrecognised):
            let advice = settings.published.isEmpty ? "" : ": do not set these figures beside published ones"
            return ["The encoder's weights are not a published checkpoint that Timbre recognises\(advice)."]
        default: return []
        }
    }

    private func provenance() throws -> [ProvenanceEntry] {
        let corpus = try trainStage.embedStage.corpusStage.corpus()
        let entries = [
            ("Timbre", timbreVersion),
            ("corpus", "\(corpus.clips.count.clips) of \(corpus.speakers.count) speakers, SHA-256 \(corpus.digest)"),
        ]
        let stages = trainStage.embedStages.filter { !$0.isLeftOut }
        let encoders = try stages.flatMap { stage in
            let cache = try stage.cache()
            let name = stages.count > 1 ? " \(stage.name)" : ""
            let recipe = cache.recipe.fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return [
                ("encoder\(name)", "\(cache.source.origin.words), weights SHA-256 \(cache.source.weightsDigest)"),
                ("recipe\(name)", "\(recipe.joined(separator: "; ")); digest \(cache.recipe.digest)"),
            ]
        }
        return (entries + encoders + [("folds", try foldsDigest())]).map { ProvenanceEntry(name: $0.0, value: $0.1) }
    }

    /// SHA-256 over who is in which part of every fold of every cell.
    private func foldsDigest() throws -> String {
        let members = try trainStage.trainings().flatMap { training in
            [training.cell.id, training.fold.name, training.division.members[training.index].description]
        }
        return "SHA-256 \(Digest.of(members))"
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
