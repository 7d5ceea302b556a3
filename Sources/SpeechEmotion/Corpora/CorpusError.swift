import Checkpoints
import Diagnosis
import Foundation

/// What can be wrong with a corpus.
public enum CorpusError: Error, Equatable, Sendable {
    /// The root is not there or is not a directory.
    case missing(root: String)
    /// A directory of it cannot be listed.
    case directoryUnreadable(path: String, reason: String)
    /// It holds no audio file at all.
    case empty(root: String)
    /// None of the clips that its table lists is there.
    case noneOfTheTable(root: String, example: String)
    /// A text that says what clips are cannot be read.
    case factsUnreadable(path: String, RegularFile.Fault)
    /// Clips that are missing, misnamed, unreadable or cannot be embedded: all of them, told when the stage ends.
    case badClips(stage: String, root: String, problems: [String])
    /// A clip is no longer what it was when the corpus was listed.
    case changed(path: String)
    /// Every file of the corpus has gone after it was listed.
    case vanished(root: String)
    /// Every clip was left out.
    case nothingUsable(root: String)
}

extension CorpusError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .missing(let root):
            return Diagnosis(
                "the corpus is not there", place: root, found: "no such directory",
                expected: "a directory with the clips, such as \(root)/Actor_01 … Actor_24",
                remedy: "timbre fetch ravdess; `make demo` needs none", exit: .missingInput)
        case .directoryUnreadable(let path, let reason):
            return Diagnosis(
                "cannot list a directory", place: path, found: reason, expected: "a readable directory",
                remedy: "ls -ld \(Diagnosis.shellWord(path))", exit: .missingInput)
        case .empty(let root):
            return Diagnosis(
                "the corpus holds no audio file", place: root,
                found: "no file ending in \(AudioFolder.endings.sorted().joined(separator: ", "))",
                expected: "the clips, such as \(RavdessName.all[0].path)", remedy: "unpack the corpus there again",
                exit: .missingInput)
        case .noneOfTheTable(let root, let example):
            return Diagnosis(
                "none of the clips that the table lists is there", place: root, found: "no \(example)",
                expected: "paths in the table that are relative to the root",
                remedy: "correct `root`, or the table's paths",
                exit: .missingInput)
        case .factsUnreadable(let path, let fault):
            return Diagnosis(
                "cannot read what is said of the clips", place: path, found: fault.words, expected: "a text file",
                remedy: "ls -l \(Diagnosis.shellWord(path))", exit: .missingInput)
        case .badClips(let stage, let root, let problems):
            return Diagnosis(
                "stage \"\(stage)\" cannot use \(problems.count.clips)", place: root,
                found: problems.joined(separator: "\n"),
                expected: "clips that can be decoded, named as the layout says",
                remedy: "mend or remove them, or leave them out with --keep-going", exit: .badData)
        case .changed(let path):
            return Diagnosis(
                "the clip changed while the corpus was worked on", place: path,
                found: "another SHA-256 than when it was listed",
                expected: "files that stay as they are during a run",
                remedy:
                    "run again; if it says so again the disk has damaged the clip: copy it again, or touch it to take it "
                    + "as it is",
                exit: .badData)
        case .vanished(let root):
            return Diagnosis(
                "the corpus vanished while it was worked on", place: root, found: "none of its files any more",
                expected: "files that stay as they are during a run",
                remedy: "put or mount it there again and run again; what was computed is kept", exit: .inputOutput)
        case .nothingUsable(let root):
            return Diagnosis(
                "no clip is left to train on", place: root, found: "every clip was left out",
                expected: "clips of every class and several speakers", remedy: "timbre check PIPELINE.yaml",
                exit: .badData)
        }
    }
}

extension CorpusError {
    /// The bytes of a small file that says what clips are.
    static func readable(_ file: URL, atMost limit: Int) throws -> Data {
        do {
            return try RegularFile.contents(of: file, atMost: limit)
        } catch {
            throw CorpusError.factsUnreadable(path: file.relativePath, error)
        }
    }
}

extension Int {
    /// "1 clip", "2 clips".
    var clips: String { self == 1 ? "1 clip" : "\(self) clips" }
}
