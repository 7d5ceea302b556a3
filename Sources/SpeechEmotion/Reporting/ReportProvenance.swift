import Evaluation
import FeatureStore
import Reports

/// How a report's figures were made: digests, settings, seeds and version, without clock, host or paths.
struct ReportProvenance {
    let trainStage: TrainStage
    let settings: ReportSettings

    func entries() throws -> [ProvenanceEntry] {
        let stage = trainStage.embedStage.corpusStage
        let trainings = try trainStage.trainings()
        let parts = try stage.parts.map { ("corpus \($0.name)", words(try $0.corpus())) }
        let facts = [("Timbre", timbreVersion), ("corpus", words(try stage.corpus()))] + parts
        let end = [
            ("protocol", protocols(trainings)), ("seeds", seeds(trainings)), ("parts", folds(trainings)),
        ]
        return (facts + (try encoders()) + end).map { ProvenanceEntry(name: $0.0, value: $0.1) }
    }

    private func words(_ corpus: Corpus) -> String {
        "\(corpus.clips.count.clips) of \(corpus.speakers.count) speakers, SHA-256 \(corpus.digest)"
    }

    private func encoders() throws -> [(String, String)] {
        let stages = trainStage.embedStages.filter { !$0.isLeftOut }
        return try stages.flatMap { stage in
            let cache = try stage.cache()
            let name = stages.count > 1 ? " \(stage.name)" : ""
            return [
                ("encoder\(name)", "\(cache.source.origin.words), weights SHA-256 \(cache.source.weightsDigest)"),
                ("recipe\(name)", "\(cache.recipe.words); digest \(cache.recipe.digest)"),
            ]
        }
    }

    private func protocols(_ trainings: [FoldTraining]) -> String {
        trainings.map { "\($0.division.split.name) (folds SHA-256 \($0.division.digest))" }.uniqued()
            .joined(separator: ", ")
    }

    private func seeds(_ trainings: [FoldTraining]) -> String {
        let training = trainings.map { "\($0.cell.recipe.seed)" }.uniqued().joined(separator: ", ")
        let split = trainings.map { "\($0.cell.division.seed)" }.uniqued().joined(separator: ", ")
        let bootstrap = settings.bootstrap
        return "training \(training); splits and validation speakers \(split); bootstrap \(bootstrap.seed), "
            + "\(bootstrap.draws) draws"
    }

    /// SHA-256 over who is in which part of every fold of every cell.
    private func folds(_ trainings: [FoldTraining]) -> String {
        let members = trainings.flatMap { training in
            [training.cell.id, training.fold.name, training.division.members[training.index].description]
        }
        return "SHA-256 over who is in which part of every fold of every cell: \(Digest.of(members))"
    }
}
