import FeatureStore
import Kernels

/// How far a stored embedding is from one that was computed again.
struct EmbeddingDifference: Sendable {
    let clip: Digest
    /// Where the audio was found.
    let name: String
    /// The largest absolute difference of a value; infinite where the shapes differ, and where one of the two values is not
    /// finite.
    let largest: Float
    /// The largest absolute stored value.
    let scale: Float
    /// What the stored one was computed on.
    let storedOn: String
    /// What the other was computed on.
    let computedOn: String
    private let isOfOneShape: Bool

    /// The largest difference between instruction sets that is no damage, as a part of the largest stored value, or of 1
    /// where that is smaller.
    ///
    /// On one instruction set the same code gives the same bits, so that any difference is damage there.
    static let tolerance: Float = 1e-4

    init(_ clip: Digest, name: String, stored: Embedding, computed: Embedding) {
        isOfOneShape =
            (stored.layers, stored.hidden, stored.frames) == (computed.layers, computed.hidden, computed.frames)
        (self.clip, self.name) = (clip, name)
        (storedOn, computedOn) = (stored.instructionSet, computed.instructionSet)
        largest =
            isOfOneShape
            ? zip(stored.values, computed.values).reduce(0) { max($0, Self.distance($1.0, $1.1)) } : .infinity
        scale = stored.values.reduce(0) { max($0, abs($1)) }
    }

    /// Between two infinite values it is NaN, than which `max` finds any number larger.
    private static func distance(_ stored: Float, _ computed: Float) -> Float {
        let distance = abs(stored - computed)
        return distance.isFinite ? distance : .infinity
    }

    /// Whether both were computed on one instruction set.
    var isOnOneSet: Bool { storedOn == computedOn }

    /// Whether the difference is more than rounding explains; the scale of what is not finite is infinite itself.
    var isDamage: Bool {
        !largest.isFinite || (isOnOneSet ? largest > 0 : largest > Self.tolerance * max(1, scale))
    }

    /// What the difference is.
    var words: String {
        if !isOfOneShape { return "of another shape than what its encoder gives" }
        return largest.isFinite
            ? "\(largest) from what its encoder gives" : "NaN or infinity in it, or in what its encoder gives"
    }
}

/// What a recheck of one recipe found.
struct RecheckedRecipe: Sendable {
    let recipe: Digest
    /// The embeddings that there are.
    let rows: Int
    /// Those of them whose audio is not where the store remembers it.
    var withoutAudio = 0
    /// The directory of the encoder; nil where none that the store remembers is this one.
    var encoder: String?
    /// The recipe's precision, if this process cannot compute in it: nothing is wrong with the rows.
    var lackingPrecision: Precision?
    /// The clips of embeddings of another shape than the encoder makes, which need not be computed again to be told.
    var misshapen: [Digest] = []
    /// Of each embedding that was computed again.
    var differences: [EmbeddingDifference] = []
    /// Why no more could be computed, if so.
    var problem: String?

    init(recipe: Digest, rows: Int) { (self.recipe, self.rows) = (recipe, rows) }

    /// Embeddings that are not what the encoder gives.
    var damaged: [EmbeddingDifference] { differences.filter(\.isDamage) }

    /// The clips whose embeddings are to be made again.
    var unfit: [Digest] { misshapen + damaged.map(\.clip) }

    /// The findings in one line.
    var text: String {
        let name = "recipe \(recipe.description.prefix(12))"
        let odd = misshapen.isEmpty ? "" : "; \(misshapen.count) of another shape than what it gives"
        let gone = odd + (withoutAudio == 0 ? "" : "; the audio of \(withoutAudio) is not where it was")
        let trouble = problem.map { "; then: \($0)" } ?? ""
        guard let encoder else {
            return "\(name): none of \(rows) computed again, the encoder is not where it was\(gone)"
        }
        if let lackingPrecision {
            return
                "\(name): none of \(rows) computed again, this processor lacks what \(lackingPrecision.rawValue) needs\(gone)"
        }
        return "\(name): \(differences.count) of \(rows) computed again by \(encoder)\(comparison)\(trouble)\(gone)"
    }

    private var comparison: String {
        guard let worst = differences.max(by: { $0.largest < $1.largest }) else { return "" }
        let place = worst.largest == 0 ? "" : " in \(worst.name)"
        let sets = worst.isOnOneSet ? "" : ", stored on \(worst.storedOn), here \(worst.computedOn)"
        return ", largest difference \(worst.largest)\(place)\(sets)"
    }
}
