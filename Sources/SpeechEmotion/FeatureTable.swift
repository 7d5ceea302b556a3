import EmotionHead
import Evaluation
import FeatureStore

/// The embeddings of a corpus as heads see them, clips in corpus order.
struct FeatureTable: Sendable {
    let clips: [LabelledClip]
    /// The contents of the clips, as the store knows them.
    let digests: [Digest]
    /// Numbers a clip.
    let width: Int
    /// clips.count × width.
    let values: [Float]

    /// Tells apart what cells may see of one corpus.
    struct Name: Hashable, Sendable {
        let layer: Int
        let isBySpeaker: Bool

        init(_ cell: TrainingCell) {
            layer = cell.layer
            isBySpeaker = cell.standardize == .speaker
        }
    }

    /// The examples of one part of a fold.
    func examples(_ part: [Int]) -> Examples {
        Examples(inputs: width, features: part.flatMap(row), labels: part.map { clips[$0].label })
    }

    /// Every speaker's clips standardised by that speaker's own mean and deviation.
    func standardizedBySpeaker() -> FeatureTable {
        var result = values
        for members in Dictionary(grouping: clips.indices, by: { clips[$0].speaker }).values {
            let own = members.flatMap(row)
            let standardized = Standardization(of: own, inputs: width).applied(to: own)
            for (position, clip) in members.enumerated() {
                result.replaceSubrange(
                    clip * width..<(clip + 1) * width, with: standardized[position * width..<(position + 1) * width])
            }
        }
        return FeatureTable(clips: clips, digests: digests, width: width, values: result)
    }

    private func row(_ clip: Int) -> ArraySlice<Float> { values[clip * width..<(clip + 1) * width] }
}
