import Evaluation
import Foundation
import TestSupport

/// What `paired.json` holds.
struct PairedFixture: Decodable {
    struct Comparison: Decodable {
        struct Scores: Decodable { let accuracy, uar, macroF1: Double }
        struct Intervals: Decodable { let accuracy, uar, macroF1: [Double] }

        let classes: Int
        /// speakers × clips.
        let labels, first, second: [[Int]]
        /// draws × speakers.
        let draws: [[Int]]
        let difference: Scores
        let replicates: [Scores]
        let intervals: Intervals
    }

    struct McNemarCase: Decodable {
        let onlyFirst, onlySecond: Int
        let p: Double
    }

    struct HolmCase: Decodable { let p, adjusted: [Double] }

    let comparisons: [Comparison]
    let mcnemar: [McNemarCase]
    let holm: [HolmCase]
}

func pairedFixture() throws -> PairedFixture {
    try JSONDecoder().decode(PairedFixture.self, from: Data(contentsOf: fixture("evaluation/paired.json")))
}
