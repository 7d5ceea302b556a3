import Diagnosis

/// What can go wrong while the demo's inputs are made.
public enum SynthesisError: Error, Equatable, Sendable {
    /// A directory in the way that Timbre did not make.
    case refusesToReplace(path: String)
    /// A directory that Timbre made, with something in it that it did not make.
    case holdsMore(path: String, found: String)
    /// A directory outside the project.
    case outside(path: String, cache: String)
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
        case .holdsMore(let path, let found):
            return Diagnosis(
                "stage kind \"synthesize\" would remove what it did not make", place: path, found: found,
                expected: "nothing but what Timbre put there", remedy: "move it away, or name another directory",
                exit: .cannotCreate)
        case .outside(let path, let cache):
            return Diagnosis(
                "stage kind \"synthesize\" writes inside the project only", place: path,
                found: "a place outside, once links are followed",
                expected: "a directory under the current one or under \(cache)",
                remedy: "name such a directory, or move the result there by hand", exit: .cannotCreate)
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
