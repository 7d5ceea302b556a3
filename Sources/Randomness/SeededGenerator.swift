/// A seeded source of random numbers whose sequence never changes: xoshiro256++ filled by SplitMix64.
///
/// Everything random in Timbre draws from one of these, made from a seed in the stage file and the name of what it is
/// for, so that two uses of one seed do not share a sequence. The standard library's own `shuffle` and `random(in:)` are
/// not used with it, because their algorithms may change between toolchains.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
public struct SeededGenerator: Sendable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// A generator for one purpose: the same seed and purpose give the same sequence everywhere.
    public init(seed: UInt64, purpose: String) {
        var filler = SplitMix64(state: seed ^ Self.hash(of: purpose))
        (s0, s1, s2, s3) = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// 64 random bits.
    public mutating func next() -> UInt64 {
        let result = (s0 &+ s3).rotatedLeft(by: 23) &+ s0
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = s3.rotatedLeft(by: 45)
        return result
    }

    /// A number in 0 ..< bound, each equally likely (Lemire's multiplication with rejection).
    ///
    /// A bound that is not positive traps.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "below(_:) needs a positive bound, found \(bound)")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// A number in [0, 1) with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// FNV-1a, 64 bits: short, and the same in every process, unlike `Hasher`.
    private static func hash(of text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension SeededGenerator {
    /// The elements in a random order (Fisher and Yates, from the end).
    public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        var result = Array(elements)
        for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(last + 1)) }
        return result
    }
}

/// The generator that spreads one seed over xoshiro's state (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension UInt64 {
    fileprivate func rotatedLeft(by count: UInt64) -> UInt64 { (self << count) | (self >> (64 - count)) }
}
