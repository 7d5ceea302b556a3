import CSoxr

/// Resamples mono audio with libsoxr's HQ setting, as Python's `soxr.resample(x, from, to, quality="HQ")` does.
///
/// Input goes in as chunks of what makes one second of 48 kHz output, then the filter is flushed; the output has at most
/// `samples.count * to / from + 1` samples. Origin: python-soxr 1.1.0, `csoxr_divide_proc` (src/soxr_ext.cpp).
///
/// - parameter samples: Mono samples at `from` Hz.
/// - parameter from: The rate of `samples` in Hz.
/// - parameter to: The rate wanted in Hz; the same rate returns `samples` as they are.
/// - parameter name: The clip's name, for messages only.
/// - throws: ``AudioError/resamplingFailed(clip:from:to:reason:)``.
public func resample(_ samples: [Float], from: Int, to: Int, name: String = "") throws -> [Float] {
    guard from != to else { return samples }
    func failure(_ reason: String) -> AudioError {
        .resamplingFailed(clip: name, from: from, to: to, reason: reason)
    }
    guard from > 0, to > 0 else { throw failure("rates must be above 0 Hz") }
    guard !samples.isEmpty else { return [] }
    let resampler = try Resampler(from: Double(from), to: Double(to)) { failure($0) }
    return try resampler.resample(samples)
}

/// One libsoxr handle for one mono signal.
private final class Resampler {
    private let handle: soxr_t
    private let from: Double
    private let to: Double
    private let failure: (String) -> AudioError

    init(from: Double, to: Double, failure: @escaping (String) -> AudioError) throws {
        var error: soxr_error_t?
        var format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
        var quality = soxr_quality_spec(UInt(SOXR_20_BITQ), 0)
        guard let handle = soxr_create(from, to, 1, &error, &format, &quality, nil), error == nil else {
            throw failure(error.map { String(cString: $0) } ?? "no reason given")
        }
        (self.handle, self.from, self.to, self.failure) = (handle, from, to, failure)
    }

    deinit { soxr_delete(handle) }

    func resample(_ samples: [Float]) throws -> [Float] {
        let longest = Int(Double(samples.count) * to / from + 1)
        let chunk = max(1, Int(48_000 * from / to))
        var output = [Float](repeating: 0, count: longest)
        var written = 0
        try output.withUnsafeMutableBufferPointer { output in
            for start in stride(from: 0, to: samples.count, by: chunk) {
                let piece = samples[start..<min(start + chunk, samples.count)]
                written += try piece.withUnsafeBufferPointer { try process($0, into: output, at: written) }
            }
            written += try process(nil, into: output, at: written)
        }
        return Array(output[..<written])
    }

    /// Feeds one piece (nil ends the signal) and returns how many samples came out at `start`.
    private func process(
        _ input: UnsafeBufferPointer<Float>?, into output: UnsafeMutableBufferPointer<Float>, at start: Int
    ) throws -> Int {
        var done = 0
        let error = soxr_process(
            handle, input?.baseAddress, input?.count ?? 0, nil, output.baseAddress?.advanced(by: start),
            output.count - start, &done)
        if let error { throw failure(String(cString: error)) }
        return done
    }
}
