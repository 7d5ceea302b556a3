import Randomness

/// Draws a share of some clips at random so that labels keep their shares and copies of a recording stay together.
///
/// Each label's number is its exact share rounded down or up: what rounding down leaves over goes to the labels with
/// the largest remainders, ties at random. A label falls short of its number only if no further copies fit into it.
struct StratifiedDraw {
    /// The share to draw, between 0 and 1.
    let fraction: Double
    var generator: SeededGenerator

    /// The drawn ones of the candidates (indexes into `clips`), ascending.
    mutating func drawn(from candidates: [Int], of clips: [LabelledClip]) -> [Int] {
        let strata = recordingsByLabel(candidates, of: clips)
        let quotas = quotas(of: strata.map { $0.reduce(0) { $0 + $1.count } })
        var result: [Int] = []
        for (recordings, quota) in zip(strata, quotas) {
            result += fill(quota, from: generator.shuffled(recordings))
        }
        return result.sorted()
    }

    private mutating func quotas(of sizes: [Int]) -> [Int] {
        let exact = sizes.map { fraction * Double($0) }
        var quotas = exact.map { Int($0.rounded(.down)) }
        let total = Int((fraction * Double(sizes.reduce(0, +))).rounded())
        let remainders = zip(exact, quotas).map { $0 - Double($1) }
        let byRemainder = generator.shuffled(sizes.indices).enumerated().sorted {
            (remainders[$1.element], $0.offset) < (remainders[$0.element], $1.offset)
        }
        for (_, label) in byRemainder.prefix(max(0, total - quotas.reduce(0, +))) { quotas[label] += 1 }
        return quotas
    }

    private func fill(_ quota: Int, from recordings: [[Int]]) -> [Int] {
        var taken: [Int] = []
        for copies in recordings where taken.count + copies.count <= quota { taken += copies }
        return taken
    }
}
