import CKernels

/// Floating-point operations a second that the calling thread does when it multiplies and adds in registers alone, as fast as
/// this processor's widest instructions allow; nil where there is no kernel to measure it with.
///
/// Measured over at least `seconds`. A share of it says how well a kernel uses the processor, whatever the machine.
public func measuredPeak(at precision: Precision, seconds: Double) -> Double? {
    let widest = timbre_avx512()?.pointee.float32 ?? timbre_avx2()?.pointee.float32
    guard let multiplier = precision == .float32 ? widest : timbre_bfloat16() else { return nil }
    let clock = ContinuousClock()
    var best = 0.0
    let start = clock.now
    repeat {
        var operations = 0.0
        let time = clock.measure { operations = multiplier.pointee.multiply_add(1_000_000) }
        best = max(best, operations / (time / .seconds(1)))
    } while start.duration(to: clock.now) < .seconds(seconds)
    return best
}
