import Diagnosis
import Foundation

/// Why a clip cannot be used; every case carries the clip's name.
public enum AudioError: DiagnosableError, Equatable {
    /// The file has no bytes.
    case empty(clip: String)
    /// libsndfile cannot open the bytes.
    case unreadable(clip: String, reason: String)
    /// The header's rate is out of range.
    case implausibleSampleRate(clip: String, hertz: Int)
    /// The header's channel count is out of range.
    case implausibleChannels(clip: String, channels: Int)
    /// There is more audio than a clip may hold.
    case tooLong(clip: String, hours: Double)
    /// The system cannot read the file on.
    case readingFailed(clip: String, reason: String)
    /// The file ends before the length that its header announces.
    case cutShort(clip: String, declaredBytes: Int, presentBytes: Int)
    /// An Ogg stream without its last page.
    case endMissing(clip: String)
    /// Decoding ended before the promised number of frames.
    case decodingStopped(clip: String, decodedFrames: Int, promisedFrames: Int?, reason: String?)
    /// A well-formed file with no audio in it.
    case noFrames(clip: String)
    /// A sample that is NaN or infinite; `frame` counts from 0.
    case notFinite(clip: String, frame: Int)
    /// Samples so large that they are not finite once resampled and normalised.
    case tooLoud(clip: String)
    /// A clip in which nothing can be heard.
    case silent(clip: String, peak: Float)
    /// libsoxr refused; rates in Hz.
    case resamplingFailed(clip: String, from: Int, to: Int, reason: String)

    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .empty(let clip):
            .audio("the audio file is empty", clip, "0 bytes", "audio", remedy: copyAgain)
        case .unreadable(let clip, let reason):
            .audio("cannot decode the audio", clip, reason, "a format that libsndfile reads", remedy: lookAtIt)
        case .implausibleSampleRate(let clip, let hertz):
            .audio("the sample rate makes no sense", clip, "\(hertz) Hz", "\(span(plausibleSampleRates)) Hz")
        case .implausibleChannels(let clip, let channels):
            .audio("the number of channels makes no sense", clip, "\(channels)", span(plausibleChannels))
        case .tooLong(let clip, let hours):
            .audio(
                "the audio is too long for a clip", clip, String(format: "%.1f hours or more", hours),
                String(format: "at most %.0f hours", longestClip), remedy: "cut it into recordings of one speaker")
        case .readingFailed(let clip, let reason):
            Diagnosis(
                "cannot read the audio file", place: clip, found: reason, remedy: "ls -l \(Diagnosis.shellWord(clip))",
                exit: .inputOutput)
        case .cutShort(let clip, let declared, let present):
            .audio(
                "the audio file is cut short", clip, "\(present) bytes", "\(declared) bytes, as its header says",
                remedy: copyAgain)
        case .endMissing(let clip):
            .audio("the audio file is cut short", clip, "no last page", "a whole Ogg stream", remedy: copyAgain)
        case .decodingStopped(let clip, let decoded, let promised, let reason):
            .audio(
                "decoding stopped before the end", clip,
                "\(decoded) frames" + (reason.map { ", then: \($0)" } ?? ""),
                promised.map { "\($0) frames, as its header says" }, remedy: copyAgain)
        case .noFrames(let clip):
            .audio("the audio file holds no sound", clip, "0 frames", "at least one frame", remedy: copyAgain)
        case .notFinite(let clip, let frame):
            .audio("a sample is not a number", clip, "NaN or infinity at frame \(frame)", "finite samples")
        case .tooLoud(let clip):
            .audio(
                "the samples are too large to compute with", clip, "NaN or infinity once resampled and normalised",
                "samples near [-1, 1]", remedy: "scale it down in another program")
        case .silent(let clip, let peak):
            .audio(
                "the clip is silent", clip, "a peak of \(peak)",
                "samples more than \(SignalCheck.silenceThreshold) (-80 dBFS) from their mean",
                remedy: "record it again, or leave it out")
        case .resamplingFailed(let clip, let from, let to, let reason):
            Diagnosis(
                "cannot resample from \(from) Hz to \(to) Hz", place: clip.isEmpty ? nil : clip, found: reason,
                exit: .internalFault)
        }
    }

    /// A failure of the system in its own words.
    static func readingFailed(clip: String, _ error: POSIXError) -> AudioError {
        .readingFailed(clip: clip, reason: String(cString: strerror(error.code.rawValue)).lowercased())
    }

    private var copyAgain: String { "copy or download the file again" }
    private var lookAtIt: String { "play it with another program; convert it to WAV or FLAC if that works" }

    private func span(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }
}

extension Diagnosis {
    fileprivate static func audio(
        _ what: String, _ clip: String, _ found: String, _ expected: String?, remedy: String? = nil
    ) -> Diagnosis {
        Diagnosis(what, place: clip, found: found, expected: expected, remedy: remedy, exit: .badData)
    }
}
