import Evaluation
import Randomness

/// Two results on the same clips of 24 simulated speakers, whose true scores over all speakers are known.
///
/// Each speaker has RAVDESS's shape: 4 clips of class 0 and 8 of the seven others. The chance that a clip is answered
/// rightly is the class's, plus what is easy about the speaker, plus what is easy about the class as this speaker speaks
/// it; the second result adds `gain` and how much of it this speaker sees. All that varies by speaker is symmetric
/// around zero, so the true scores are those of the classes. Most clips are easy or hard for both results alike.
struct SimulatedSpeakers {
    private(set) var first: [ConfusionMatrix] = []
    private(set) var second: [ConfusionMatrix] = []
    private(set) var isFirstRight: [Bool] = []
    private(set) var isSecondRight: [Bool] = []

    /// UA of the first result over all speakers there could be: the mean of 0.30, 0.35, … 0.65.
    static let trueUAR = 0.475
    /// WA of the first result: the same, weighted by 4 and seven times 8 clips.
    static let trueAccuracy = 29.2 / 60

    init(seed: UInt64, gain: Double) {
        var random = SeededGenerator(seed: seed, purpose: "simulated speakers with classes")
        for _ in 0..<24 {
            let (ease, ownGain) = (0.3 * (random.uniform() - 0.5), gain + 0.1 * (random.uniform() - 0.5))
            var (first, second) = (ConfusionMatrix(classes: 8), ConfusionMatrix(classes: 8))
            for label in 0..<8 {
                let chance = 0.3 + 0.05 * Double(label) + ease + 0.2 * (random.uniform() - 0.5)
                for _ in 0..<(label == 0 ? 4 : 8) {
                    let (luck, freshLuck) = (random.uniform(), random.uniform())
                    isFirstRight.append(luck < chance)
                    isSecondRight.append((random.uniform() < 0.7 ? luck : freshLuck) < chance + ownGain)
                    let wrong = (label + 1 + random.below(7)) % 8
                    first.add(label: label, predicted: isFirstRight[isFirstRight.count - 1] ? label : wrong)
                    second.add(label: label, predicted: isSecondRight[isSecondRight.count - 1] ? label : wrong)
                }
            }
            self.first.append(first)
            self.second.append(second)
        }
    }
}

extension Interval {
    /// Whether a value lies between the ends.
    func holds(_ value: Double) -> Bool { low <= value && value <= high }
}
