/// The noise that the audio fixtures were made of: a linear congruential generator with seed 1, as 16-bit samples in
/// [-8192, 8192).
public func noise(_ count: Int) -> [Int16] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
        state = (1_103_515_245 * state + 12_345) % (1 << 31)
        return Int16(truncatingIfNeeded: Int(state >> 17) - 8192)
    }
}

/// The same noise as Float32 samples in [-0.25, 0.25).
public func floatNoise(_ count: Int) -> [Float] {
    noise(count).map { Float($0) / 32_768 }
}
