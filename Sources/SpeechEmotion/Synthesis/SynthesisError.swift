import Diagnosis

/// What can go wrong while the demo's inputs are made.
public enum SynthesisError: Error, Equatable, Sendable {
    /// A directory in the way that Timbre did not make.
    case refusesToReplace(path: String)
    /// espeak-ng did not speak a clip.
    case notSpoken(clip: String, voice: String, status: Int32)
    /// espeak-ng cannot be started.
    case synthesizerMissing(reason: String)
}

extension SynthesisError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .refusesToReplace(let path):
            return Diagnosis(
                "stage kind \"synthesize\" would replace what it did not make", place: path,
                found: "a directory without Timbre's mark", expected: "an absent directory, or one that Timbre made",
                remedy: "name another directory, or move this one away", exit: .cannotCreate)
        case .notSpoken(let clip, let voice, let status):
            return Diagnosis(
                "espeak-ng did not speak a clip", place: clip, found: "exit status \(status) with voice \"\(voice)\"",
                expected: "a recording", remedy: "espeak-ng -v \(voice) hello", exit: .inputOutput)
        case .synthesizerMissing(let reason):
            return Diagnosis(
                "cannot start espeak-ng", found: reason, expected: "the Debian package espeak-ng", remedy: "make setup",
                exit: .missingInput)
        }
    }
}
