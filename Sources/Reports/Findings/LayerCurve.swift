import Drawing
import Evaluation

/// UA over the encoder's layers under one protocol: where in the encoder the answer lies.
struct LayerCurve {
    /// One encoder and head over the layers.
    struct Series {
        let name: String
        /// By layer number.
        let layers: [Point]
        /// What the head saw instead of one layer, such as a weighted sum, in the order of the grid.
        let others: [Point]
    }

    /// One layer, averaged over the training seeds.
    struct Point {
        /// The layer as the stage file has it.
        let layer: String
        /// Nil for what is no single layer.
        let number: Int?
        /// The mean over the seeds.
        let uar: Double
        /// Over speakers, of the mean over the seeds; nil with fewer than two speakers.
        let interval: Interval?
        /// One UA a training seed.
        let seeds: [Double]
    }

    let series: [Series]
    let controls: [CellSummary]
    let heading: String
    let protocolSentence: String
    let stamps: [String]

    /// Nil where the grid has fewer than three single layers.
    init?(_ group: ProtocolGroup, stamps: [String], resampling: SpeakerResampling) {
        guard Set(group.cells.compactMap(\.cell.layerNumber)).count > 2 else { return nil }
        let names = VariantNames(among: group.cells.map(\.cell))
        series = grouped(group.variants) { VariantKey($0[0].cell, leavingOut: ["layer"]) }.map { variants in
            let points = variants.map { Point($0, resampling: resampling) }
            let cell = variants[0][0].cell
            return Series(
                name: names.name(of: cell),
                layers: points.filter { $0.number != nil }.sorted { ($0.number ?? 0) < ($1.number ?? 0) },
                others: points.filter { $0.number == nil })
        }
        controls = group.controls
        heading = group.heading
        protocolSentence = group.cells[0].protocolSentence
        self.stamps = stamps
    }

    static func file(_ number: Int) -> String { "layers-\(number + 1).svg" }

    /// The layers that any series has, ascending.
    var numbers: [Int] { Set(series.flatMap(\.layers).compactMap(\.number)).sorted() }

    /// What is no single layer, in the order of the grid.
    var otherNames: [String] { grouped(series.flatMap(\.others), by: \.layer).map { $0[0].layer } }
}

extension LayerCurve.Point {
    init(_ cells: [CellSummary], resampling: SpeakerResampling) {
        layer = cells[0].cell.layer
        number = cells[0].cell.layerNumber
        seeds = cells.map(\.scores.uar)
        uar = seeds.reduce(0, +) / Double(seeds.count)
        interval = resampling.meanUAR(of: cells).map(resampling.interval)
    }
}
