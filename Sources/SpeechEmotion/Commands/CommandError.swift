import Diagnosis

/// What can go wrong in commands that work on files.
public enum CommandError: Error, Equatable, Sendable {
    /// Files that could not be used, each with its reason, and how many were.
    case badFiles(problems: [String], done: Int)
    /// A list of layers that cannot be read.
    case layerList(text: String)
    /// A list that names a layer beyond the encoder's last.
    case layerBeyond(layer: Int, last: Int, list: String)
    /// An output that cannot be written.
    case cannotWrite(path: String, reason: String)
    /// No audio file under a path given on the command line.
    case noAudio(path: String)
    /// A folder or a pattern given on the command line with no audio file in it.
    case noAudioIn(path: String)
    /// Standard input cannot be read, or not be kept.
    case standardInput(reason: String)
    /// Standard output does not take the result.
    case standardOutput(reason: String)
    /// The directory to watch is not there, or not any more.
    case nothingToWatch(directory: String)
}

extension CommandError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .badFiles(let problems, let done):
            return Diagnosis(
                "\(problems.count) of \(problems.count + done) files could not be used",
                found: problems.joined(separator: "\n"), expected: "audio files that can be decoded",
                remedy: "mend them or leave them out", exit: .badData)
        case .layerList(let text):
            return Diagnosis(
                "cannot read the list of layers", place: "--layers", found: "\"\(text)\"",
                expected: "all, last, or layers of the encoder such as 0,6,12", remedy: "timbre embed --help",
                exit: .usage)
        case .layerBeyond(let layer, let last, let list):
            return Diagnosis(
                "layer \(layer) is beyond \(last), the encoder's last", place: "--layers", found: "\"\(list)\"",
                expected: "all, last, or layers from 0 to \(last)", remedy: "leave \(layer) out of the list",
                exit: .usage)
        case .cannotWrite(let path, let reason):
            return Diagnosis(
                "cannot write a file", place: path, found: reason, expected: "a writable place with room",
                remedy: "ls -ld \(Diagnosis.shellWord(path)); df -h \(Diagnosis.shellWord(path))", exit: .cannotCreate)
        case .noAudio(let path):
            return Diagnosis(
                "an audio file is not there", place: path, found: "no such file",
                expected: "a folder, or an audio file such as those ending in \(Self.endings)",
                remedy: "ls -l \(Diagnosis.shellWord(path))", exit: .missingInput)
        case .noAudioIn(let path):
            return Diagnosis(
                "there is no audio file", place: path,
                found: "no file ending in \(Self.endings)",
                expected: "a folder or a pattern with audio files in it", remedy: "ls \(Diagnosis.shellWord(path))",
                exit: .missingInput)
        case .standardInput(let reason):
            return Diagnosis(
                "cannot take the audio from standard input", place: "-", found: reason,
                expected: "a whole audio file, and room for it in the directory for temporary files",
                remedy: "df -h \"${TMPDIR:-/tmp}\"", exit: .inputOutput)
        case .standardOutput(let reason):
            return Diagnosis(
                "cannot write the result to standard output", place: "standard output", found: reason,
                expected: "room for it", remedy: "send it elsewhere; what was computed is kept", exit: .inputOutput)
        case .nothingToWatch(let directory):
            return Diagnosis(
                "the directory to watch is not there", place: directory, found: "no such directory",
                expected: "a directory that stays", remedy: "ls -ld \(Diagnosis.shellWord(directory))",
                exit: .missingInput)
        }
    }

    private static var endings: String { AudioFolder.endings.sorted().joined(separator: ", ") }
}
