import Evaluation
import FeatureStore
import Foundation
import Reports

/// Gathers what a report says from the store and the stages.
struct ReportAssembly {
    let trainStage: TrainStage
    let settings: ReportSettings
    let scene: Scene
    /// Where the corpora lie as seen from the report.
    let corpusLinks: [CorpusLink]

    /// Writes the report of every cell, one after the other; a training that the store does not have is an error.
    func write(to folder: ReportFolder) throws {
        let trained = try TrainedCells(trainStage, scene: scene, labels: settings.labels)
        let cells = trained.cells
        let controls = try controls(of: cells.map { $0[0].division })
        let renderer = try ReportRenderer(
            try report(), cells: try trained.reportCells() + controls.map(\.cell), write: folder.append)
        for cell in cells { try renderer.add(try cell.map(trained.fold)) }
        for control in controls { try renderer.add(control.folds(of: trained.clips)) }
        try renderer.finish()
    }

    private func report() throws -> Report {
        Report(
            title: scene.pipeline, question: scene.question,
            stamps: try stamps(), published: settings.published,
            excluded: try trainStage.excluded().map { ExcludedClip(clip: $0.path, reason: $0.reason) },
            leftOut: try trainStage.leftOutCells(),
            provenance: try ReportProvenance(trainStage: trainStage, settings: settings).entries(),
            bootstrap: settings.bootstrap, selection: settings.selection,
            comparison: settings.comparison, picturedCells: settings.pictures, palette: settings.palette,
            claimedConfusions: settings.claimedConfusions, corpusLinks: corpusLinks)
    }

    /// One for each way in which the clips are divided.
    private func controls(of divisions: [Division]) throws -> [MajorityControl] {
        var seen: Set<Digest> = []
        return try divisions.map { division in
            let labels = try settings.labels.relabelling(of: division.request.labels.classes)
            return MajorityControl(division: division, labels: labels)
        }.filter { seen.insert($0.identity).inserted }
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
            let advice = settings.published.isEmpty ? "" : ": published figures stand beside them for orientation alone"
            return ["The encoder's weights are not a published checkpoint that Timbre recognises\(advice)."]
        default: return []
        }
    }
}

extension TrainStage {
    /// The cells that diverged, as reports name them.
    fileprivate func leftOutCells() throws -> [LeftOutCell] {
        let diverged = Dictionary(grouping: try divergences(), by: \.cell)
        return cells.compactMap { cell in
            diverged[cell.id].map { folds in
                LeftOutCell(
                    id: cell.id, axes: cell.reportAxes, head: cell.headSummary,
                    folds: folds.map { LeftOutCell.Fold(name: $0.fold, reason: $0.reason) })
            }
        }
    }
}
