/// A linear map from values to pixels, with round numbers to mark on it.
public struct LinearScale {
    /// The values at the two ends, distinct.
    public let domain: ClosedRange<Double>
    /// The pixels of the domain's ends.
    public let pixels: (Double, Double)

    /// A scale that puts the ends of the domain at these pixels.
    public init(domain: ClosedRange<Double>, pixels: (Double, Double)) {
        self.domain = domain
        self.pixels = pixels
    }

    /// The pixel of a value.
    public func position(of value: Double) -> Double {
        let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        return pixels.0 + share * (pixels.1 - pixels.0)
    }

    /// At most `limit` + 1 multiples of 1, 2 or 5 times a power of ten within the domain, at least `smallest` apart; none in a
    /// domain too wide for any.
    func ticks(atMost limit: Int, smallest: Double = 0) -> [Tick] {
        let span = domain.upperBound - domain.lowerBound
        let fitting = Step.all.first { step in
            // Multiples far from zero must still be told apart.
            let farthest = max(abs(domain.lowerBound), abs(domain.upperBound)) / step.size
            return step.size >= smallest && span / step.size <= Double(limit) && farthest < 1e15
        }
        guard let step = fitting else { return [] }
        let first = Int((domain.lowerBound / step.size).rounded(.up))
        let last = Int((domain.upperBound / step.size).rounded(.down))
        return first > last ? [] : (first...last).map { Tick(value: Double($0) * step.size, digits: step.digits) }
    }

    /// A distance between ticks, and the digits after the point that its multiples need.
    private struct Step {
        let size: Double
        let digits: Int

        static let all: [Step] = (-6...300).flatMap { power in
            [1, 2, 5].map { Step(size: $0 * powerOfTen(power), digits: max(0, -power)) }
        }

        private static func powerOfTen(_ power: Int) -> Double {
            let magnitude = (0..<abs(power)).reduce(1.0) { product, _ in product * 10 }
            return power < 0 ? 1 / magnitude : magnitude
        }
    }
}

/// A round value to mark on an axis, and the digits after the point to print it with.
struct Tick: Equatable {
    let value: Double
    let digits: Int

    /// Losses of a training that has all but diverged go beyond what digits can show.
    var text: String { abs(value) < 1e12 ? fixed(value, digits: digits) : "\(Float(value))" }
}
