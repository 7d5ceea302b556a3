import Evaluation
import Foundation
import Kernels
import Reports

/// What another precision would change for a pipeline: its embeddings of a sample, and its heads' answers to them.
struct PrecisionComparison {
    let pipeline: String
    let stage: String
    let own, other: Precision
    /// How many clips there are to sample from.
    let clips: Int
    let seed: UInt64
    let sample: [EmbeddedTwice]
    let cell: TrainingCell
    /// How many cells the grid has.
    let cells: Int
    /// How many heads were asked.
    let heads: Int
    let answers: [TwofoldAnswer]
    let bootstrap: SpeakerBootstrap

    /// The findings, a line each.
    var text: String { ([summary] + distances + [head, change]).joined(separator: "\n") }

    private var summary: String {
        "\(pipeline), stage \"\(stage)\": \(own.rawValue) against \(other.rawValue), "
            + "\(sample.count) of \(counted(clips, "clip")), seed \(seed)"
    }

    private var distances: [String] {
        let distance = PrecisionDistance(of: sample)
        return [
            "states   largest difference \(Float(distance.largest.value)) in \(distance.largest.place)",
            "states   smallest cosine \(distance.smallestCosine.value.fixed(7)) in \(distance.smallestCosine.place)",
        ]
    }

    private var head: String {
        let which = cells > 1 ? "cell \(cell.id) of \(cells)" : "cell \(cell.id)"
        return "heads    \(which): layer \(cell.features.words), \(cell.headSummary)"
    }

    private var change: String {
        let classes = cell.division.labels.classes.count
        guard let uar = PairedComparison(of: answers, classes: classes, bootstrap: bootstrap)?.uar else {
            return "UA       unknown: none of the sample is in a test part"
        }
        let speakers = Set(answers.map(\.speaker)).count
        let interval =
            uar.interval.map {
                "\((100 * bootstrap.confidence).fixed(0)) % interval \(Self.points($0.low)) to \(Self.points($0.high))"
            } ?? "no interval"
        return "UA       changes by \(Self.points(uar.difference)) points with \(own.rawValue), \(interval) over "
            + "\(counted(speakers, "speaker")); \(answers.count { !$0.isSame }) of \(counted(answers.count, "answer")) "
            + "of \(counted(heads, "head")) differ"
    }

    /// A difference of shares in points, with its sign.
    private static func points(_ difference: Double) -> String {
        let text = (100 * difference).fixed(2)
        return text == "-0.00" || text == "0.00" ? "0.00" : difference > 0 ? "+\(text)" : text
    }
}

extension Experiment {
    /// Embeds a sample of the clips at the embed stage's precision and at another, and asks the heads of a cell about both:
    /// `cache verify --against`.
    ///
    /// The heads are trained again from the cached embeddings, which gives the same; neither they nor the sample's
    /// embeddings are kept.
    ///
    /// - Parameters:
    ///   - count: how many clips, at least one, spread evenly over speakers.
    ///   - id: the cell's id or how it alone begins; nil for the first of the grid.
    /// - throws: ``StageError`` where the pipeline trains nothing or has not run, `EncoderError` where this process cannot
    ///   compute at one of the precisions, a usage error where there is nothing to compare.
    public func comparePrecision(with other: Precision, sample count: Int, seed: UInt64, cell id: String?) throws
        -> String
    {
        let train = try stage(of: TrainStage.self, named: "train", for: "cache verify --against")
        let cell = try train.cell(id)
        let embed = train.embedStage(of: cell)
        guard embed.precision != other else { throw PrecisionError.same(stage: embed.name, precision: other) }
        guard cell.standardize != .speaker else { throw PrecisionError.standardizesBySpeaker(cell: cell.id) }
        try requireFresh()
        let clips = try train.usableClips()
        let chosen = sampleOverSpeakers(clips.map(\.speaker), count: count, seed: seed)
        let sample = try PrecisionSample(clips: clips, chosen: chosen, options: scene.options).embedded(
            by: embed.cache().source,
            and: EncoderSource(directory: embed.encoder, precision: other, store: scene.project.store))
        let heads = RetrainedHeads(of: cell, in: try train.trainings(), asked: sample)
        let reader = FeatureReader(clips: clips, embeddings: [embed.name: try embed.cache()], options: scene.options)
        return PrecisionComparison(
            pipeline: scene.pipeline, stage: embed.name, own: embed.precision, other: other, clips: clips.count,
            seed: seed,
            sample: sample, cell: cell, cells: train.cells.count, heads: heads.trainings.count,
            answers: try heads.answers(from: reader), bootstrap: SpeakerBootstrap(seed: seed)
        ).text
    }
}

extension TrainStage {
    /// The cell whose id is, or alone begins with, what was asked for; the first where nothing was.
    fileprivate func cell(_ id: String?) throws -> TrainingCell {
        let found = id.map { id in cells.filter { $0.id.hasPrefix(id) } } ?? Array(cells.prefix(1))
        guard let cell = found.first(where: { $0.id == id }) ?? (found.count == 1 ? found[0] : nil) else {
            throw PrecisionError.unknownCell(id: id ?? "", known: cells.map(\.id))
        }
        return cell
    }
}
