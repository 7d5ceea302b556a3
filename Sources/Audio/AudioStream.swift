import CSndfile
import CSoxr

/// The versions that decide the samples: part of every recipe, so that other libraries make other rows.
public let decoderDescription: String = {
    let resampler = String(cString: soxr_version()).replacing("libsoxr", with: "soxr")
    return "\(String(cString: sf_version_string())) \(resampler) HQ"
}()

/// How clips are cut and put together again: part of every recipe.
///
/// See ``AudioStream/forEachWindow(at:_:)``.
public let windowRule = "30 s, the last up to 60 s; silent ones left out; mean by frames"

/// An audio file read from its start to its end, with no more of it in memory at a time than one window.
///
/// Channels are averaged in Float32 in channel order. Up to seven channels that is bit for bit numpy's `mean(1)`. Any
/// number of streams may be read at the same time, each by one thread.
public final class AudioStream {
    private let name: String
    private let file: SoundFile
    /// What was seen of the signal so far, at the file's own rate.
    public private(set) var check = SignalCheck()

    /// Opens a file in any format that libsndfile reads (WAV, FLAC, Ogg and others).
    ///
    /// - parameter name: The clip's name, for messages only.
    /// - throws: ``AudioError`` when the bytes do not begin a plausible audio file, or are fewer than it announces.
    public init(_ bytes: AudioBytes, name: String) throws {
        guard bytes.count > 0 else { throw AudioError.empty(clip: name) }
        self.name = name
        file = try SoundFile(VirtualFile(bytes, patch: HeaderPatch(bytes, name: name)), name: name)
        try file.checkPlausibility()
        try file.checkDeclaredLengths(in: bytes)
    }

    /// What the file says of its audio; `frames` counts those read so far.
    public var facts: AudioFacts {
        AudioFacts(
            sampleRate: file.sampleRate, channels: file.channels, frames: file.framesRead, format: file.format)
    }

    /// The next `frames` samples, mono, at the file's own rate: fewer at its end, then none.
    ///
    /// Integer formats are scaled to [-1, 1).
    ///
    /// - throws: ``AudioError`` when the file does not hold what its header promises, or holds what is no sound.
    public func read(_ frames: Int) throws -> [Float] {
        let samples = try file.readMono(frames)
        check.add(samples)
        return samples
    }

    /// Reads to the end, for ``facts`` and ``check``.
    public func readAll() throws {
        while try !read(65_536).isEmpty {}
    }

    /// Reads to the end and hands on the windows in which there is sound, as samples at `rate` Hz.
    ///
    /// Windows are cut after resampling, 30 s long and end to end; the last takes all that is left and is 30 to 60 s long.
    ///
    /// - throws: what `body` throws; as ``read(_:)`` does; ``AudioError/silent(clip:peak:)`` at the end of a clip without
    ///   sound, whose embedding would say nothing: normalising it would amplify dither.
    public func forEachWindow(at rate: Int, _ body: ([Float]) throws -> Void) throws {
        var sounding = 0
        let window: ([Float]) throws -> Void = { samples in
            guard !SignalCheck(samples).isSilent else { return }
            sounding += 1
            try body(samples)
        }
        var windows = ClipWindows(rate: rate)
        let resampler = try Resampler(from: facts.sampleRate, to: rate, name: name)
        while case let piece = try read(resampler.pieceFrames), !piece.isEmpty {
            try windows.add(resampler.resample(piece), window)
        }
        try windows.add(resampler.finish(), window)
        guard !check.isSilent else { throw AudioError.silent(clip: name, peak: check.peak) }
        try windows.finish(window)
        guard sounding > 0 else { throw AudioError.silent(clip: name, peak: check.peak) }
    }
}
