import EmotionHead
import Evaluation
import Foundation
import Reports

/// `heads/`: the saved heads of a grid, each with a model card beside it.
struct ExportedHeads {
    let trained: TrainedCells
    let reportCells: [ReportCell]
    let pipeline: String
    /// How the intervals of the cards are drawn.
    let bootstrap: SpeakerBootstrap

    /// Copies the heads and writes their cards.
    ///
    /// - Returns: the names of the heads' files; the folder is only made for at least one.
    /// - throws: what reading a head throws, ``CommandError/cannotWrite(path:reason:)``.
    func write(to folder: URL) throws -> [String] {
        let saved = zip(trained.cells, reportCells).filter { $0.0[0].cell.savesHeads }
        guard !saved.isEmpty else { return [] }
        let output = try ReportFolder(folder)
        let cards = ModelCards(try source(), bootstrap: bootstrap)
        for (cell, reported) in saved {
            let heads = try cell.map { try head(of: $0) }
            let texts = cards.cards(of: heads, cell: reported, folds: try cell.map(trained.fold))
            for (training, text) in zip(cell, texts) {
                try Project.copy(
                    trained.stage.headFile(of: training), to: folder.appendingPathComponent(training.fileName))
                try output.append(RenderedText(file: "\(training.fileStem).md", text: text))
            }
        }
        _ = try output.finish()
        return saved.flatMap { $0.0.map(\.fileName) }
    }

    private func source() throws -> CardSource {
        let stage = trained.stage.embedStage.corpusStage
        let (corpus, source) = (try stage.corpus(), stage.source)
        return CardSource(
            software: "Timbre \(timbreVersion)", pipeline: pipeline,
            corpus: CardCorpus(
                name: source.name, clips: corpus.clips.count, speakers: corpus.speakers.count,
                digest: corpus.digest.description, licence: source.licence, citation: source.citation,
                stamp: source.stamp, limits: source.limits))
    }

    /// A head that cannot be read back stops the export: nobody could use it.
    private func head(of training: FoldTraining) throws -> CardHead {
        let architecture = try HeadFile(contentsOf: trained.stage.headFile(of: training)).head.architecture
        return CardHead(
            file: training.fileName, encoder: try encoder(of: training.cell), input: training.cell.features.cardInput,
            scaling: training.cell.standardize.cardScaling, hidden: architecture.hidden, dropout: architecture.dropout,
            train: part(training.fold.train), validation: part(training.fold.validation))
    }

    private func encoder(of cell: TrainingCell) throws -> CardEncoder {
        let stage = trained.stage.embedStage(of: cell)
        let cache = try stage.cache()
        return CardEncoder(
            origin: cache.source.origin.words, standing: cache.source.origin.cardStanding,
            digest: cache.source.weightsDigest.description, recipe: cache.recipe.words,
            states: cache.source.stateCount, hidden: cache.source.configuration.hiddenSize,
            isExported: stage === trained.stage.embedStage)
    }

    private func part(_ members: [Int]) -> CardHead.Part {
        CardHead.Part(clips: members.count, speakers: Set(members.map { trained.clips[$0].speaker }).count)
    }
}

extension FeatureSelection {
    fileprivate var cardInput: CardHead.Input {
        switch self {
        case .layer: .layer
        case .concatenation: .concatenation
        case .average: .average
        case .weightedSum: .weightedSum
        }
    }
}

extension StandardizationMode {
    fileprivate var cardScaling: CardHead.Scaling {
        switch self {
        case .none: .none
        case .train: .train
        case .speaker: .speaker
        }
    }
}

extension EncoderOrigin {
    fileprivate var cardStanding: CardEncoder.Standing {
        switch self {
        case .published: .published
        case .untrained: .untrained
        case .unrecognised: .unrecognised
        }
    }
}
