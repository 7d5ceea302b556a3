import Randomness

/// One seeded random division of the clips that keeps each label's share; the same speakers are on both sides.
struct RandomStratified: Splitter {
    /// The share of the clips to test on, between 0 and 1.
    let testFraction: Double

    let name = "random-stratified"
    let isSpeakerIndependent = false

    var summary: String {
        "One random split stratified by label: \(percentText(testFraction)) of the clips are tested, "
            + "and clips of the same speakers are trained on."
    }

    func foldCount(of clips: [LabelledClip]) -> Int { 1 }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        guard testFraction > 0, testFraction < 1 else {
            throw EvaluationError.fractionOutOfRange(testFraction, of: .test)
        }
        var draw = StratifiedDraw(
            fraction: testFraction, generator: SeededGenerator(seed: seed, purpose: "\(name) test part"))
        return [Fold(name: "split", testing: draw.drawn(from: Array(clips.indices), of: clips), outOf: clips.count)]
    }
}

/// A share in per cent without needless digits: "20 %", "12.5 %".
func percentText(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    let isWhole = tenths.truncatingRemainder(dividingBy: 10) == 0
    return isWhole ? "\(Int(tenths) / 10) %" : "\(tenths / 10) %"
}
