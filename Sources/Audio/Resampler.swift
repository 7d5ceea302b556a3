import CSoxr

/// Resamples a mono signal piece by piece with libsoxr's HQ setting, as Python's
/// `soxr.resample(x, from, to, quality="HQ")` does with all of it.
///
/// Every piece but the last has ``pieceFrames`` samples, what makes one second of 48 kHz output. Origin: python-soxr 1.1.0,
/// `csoxr_divide_proc` (src/soxr_ext.cpp).
final class Resampler {
    /// How many samples each piece but the last must have.
    let pieceFrames: Int
    /// Nil where the rates are the same.
    private let handle: soxr_t?
    private let failure: (String) -> AudioError
    private var output: [Float]

    /// - parameter name: The clip's name, for messages only.
    /// - throws: ``AudioError/resamplingFailed(clip:from:to:reason:)``.
    init(from: Int, to: Int, name: String) throws {
        failure = { .resamplingFailed(clip: name, from: from, to: to, reason: $0) }
        guard from > 0, to > 0 else { throw failure("rates must be above 0 Hz") }
        pieceFrames = max(1, Int(48_000 * Double(from) / Double(to)))
        handle = from == to ? nil : try Self.handle(from: Double(from), to: Double(to), failure)
        output = [Float](repeating: 0, count: handle == nil ? 0 : 65_536)
    }

    deinit { if let handle { soxr_delete(handle) } }

    private static func handle(
        from: Double, to: Double, _ failure: (String) -> AudioError
    ) throws -> soxr_t {
        var error: soxr_error_t?
        var format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
        var quality = soxr_quality_spec(UInt(SOXR_20_BITQ), 0)
        guard let handle = soxr_create(from, to, 1, &error, &format, &quality, nil), error == nil else {
            throw failure(error.map { String(cString: $0) } ?? "no reason given")
        }
        return handle
    }

    /// What comes out for the next piece: later samples wait for what follows them.
    func resample(_ piece: [Float]) throws -> [Float] {
        guard let handle else { return piece }
        return try piece.withUnsafeBufferPointer { try process(handle, $0) }
    }

    /// What was waiting when the signal ended.
    func finish() throws -> [Float] {
        guard let handle else { return [] }
        return try process(handle, nil)
    }

    /// Feeds one piece (nil ends the signal) and drains all that it lets out.
    private func process(_ handle: soxr_t, _ input: UnsafeBufferPointer<Float>?) throws -> [Float] {
        var samples: [Float] = []
        let room = output.count
        var (fed, done) = (0, room)
        while done == room {
            let rest = input.map { UnsafeBufferPointer(rebasing: $0[fed...]) }
            let error = soxr_process(handle, rest?.baseAddress, rest?.count ?? 0, nil, &output, room, &done)
            if let error { throw failure(String(cString: error)) }
            samples += output[..<done]
            fed = input?.count ?? 0
        }
        return samples
    }
}
