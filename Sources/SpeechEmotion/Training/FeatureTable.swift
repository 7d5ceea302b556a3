import EmotionHead
import Evaluation
import FeatureStore

/// The embeddings of a corpus as heads see them, clips in corpus order.
struct FeatureTable: Sendable {
    /// The speaker of each clip.
    let speakers: [String]
    /// The contents of the clips, as the store knows them.
    let digests: [Digest]
    /// Numbers a hidden state, or all that are concatenated.
    let width: Int
    /// How many hidden states of `width` numbers each a clip has for the head to mix; 1 where there is nothing to mix.
    let states: Int
    /// clips × states × width.
    let values: [Float]

    /// Tells apart what cells may see of one corpus.
    struct Name: Hashable, Sendable {
        /// The embed stage whose encoder made the states.
        let encoder: String
        let features: FeatureSelection
        let isBySpeaker: Bool
    }

    /// Every speaker's clips standardised by that speaker's own mean and deviation.
    func standardizedBySpeaker() -> FeatureTable {
        var result = values
        let row = states * width
        for members in Dictionary(grouping: digests.indices, by: { speakers[$0] }).values {
            let own = members.flatMap { values[$0 * row..<($0 + 1) * row] }
            let standardized = Standardization(of: own, inputs: row).applied(to: own)
            for (position, clip) in members.enumerated() {
                result.replaceSubrange(
                    clip * row..<(clip + 1) * row, with: standardized[position * row..<(position + 1) * row])
            }
        }
        return holding(result)
    }

    /// Every clip's numbers scaled.
    func scaled(by scaling: Standardization) -> FeatureTable { holding(scaling.applied(to: values)) }

    private func holding(_ values: [Float]) -> FeatureTable {
        FeatureTable(speakers: speakers, digests: digests, width: width, states: states, values: values)
    }
}
