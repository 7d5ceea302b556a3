import Diagnosis
import Downloads

/// What can be wrong with the fetching of a corpus or an encoder.
public enum FetchError: Error, Equatable, Sendable {
    /// A file that was put there by hand is another one.
    case otherFile(file: String, found: String, expected: String)
    /// A file that was put there by hand, or a folder, cannot be read.
    case unreadable(file: String, reason: String)
    /// It is not there, and was only asked for.
    case notThere(place: String, name: String)
    /// An encoder's folder lacks files.
    case encoderNotWhole(place: String, name: String, missing: [String])
    /// Something stands in a corpus's place, such as a part of its clips, to which none are added.
    case corpusNotWhole(place: String, name: String, found: String, of: Int)
    /// Something else stands where it is to be.
    case inTheWay(place: String, found: String, expected: String)
    /// An archive lacks clips of the corpus.
    case incompleteArchive(file: String, missing: [String], of: Int)
    /// The hub does not state by what a file's bytes are known.
    case noStatement(url: String)
    /// The hub states a size that no such file has; in bytes.
    case implausibleSize(url: String, found: Int, limit: Int)
    /// A download failed; `byHand` says how to do without.
    case download(DownloadError, byHand: String)
}

extension FetchError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .otherFile(let file, let found, let expected):
            return Diagnosis(
                "this is not the file that its publishers offer; it was not used", place: file, found: found,
                expected: expected,
                remedy: "download it again; or remove it, and `timbre fetch` downloads it", exit: .badData)
        case .unreadable(let file, let reason):
            return Diagnosis(
                "cannot read what was downloaded by hand", place: file, found: reason, expected: "a readable file",
                remedy: "ls -ld \(Diagnosis.shellWord(file))", exit: .missingInput)
        case .notThere(let place, let name):
            return Diagnosis(
                "it is not there", place: place, found: "no such directory, or an empty one",
                expected: "\(name), fetched", remedy: "timbre fetch \(name)", exit: .missingInput)
        case .encoderNotWhole(let place, let name, let missing):
            return Diagnosis(
                "it is not whole", place: place, found: missing.map { "no \($0)" }.joined(separator: ", "),
                expected: "config.json, preprocessor_config.json and the weights",
                remedy: "timbre fetch \(name), which adds what is missing to files that are the published ones",
                exit: .missingInput)
        case .corpusNotWhole(let place, let name, let found, let count):
            return Diagnosis(
                "it is not whole", place: place, found: found, expected: "all \(count) clips",
                remedy: "mv \(Diagnosis.shellWord(place)) ELSEWHERE && timbre fetch \(name)", exit: .missingInput)
        case .inTheWay(let place, let found, let expected):
            return Diagnosis(
                "something else stands where it is to be; it was left as it is", place: place, found: found,
                expected: expected, remedy: "move it away, and run again: mv \(Diagnosis.shellWord(place)) ELSEWHERE",
                exit: .cannotCreate)
        case .incompleteArchive(let file, let missing, let count):
            return Diagnosis(
                "the archive lacks \(missing.count) of \(count) clips; nothing was unpacked", place: file,
                found: "no " + missing.prefix(3).joined(separator: ", ") + (missing.count > 3 ? ", …" : ""),
                expected: "all \(count)", remedy: "download it again", exit: .badData)
        case .noStatement(let url):
            return Diagnosis(
                "the server does not say what the file has to be", place: url,
                found: "no X-Linked-Etag and no ETag that is a digest",
                expected: "headers as the Hugging Face hub sends them", remedy: "unset HF_ENDPOINT, or name another",
                exit: .unavailable)
        case .implausibleSize(let url, let found, let limit):
            return Diagnosis(
                "the server offers a file that is too large to be an encoder's", place: url, found: "\(found) bytes",
                expected: "\(limit) bytes at most", remedy: "unset HF_ENDPOINT, or name another", exit: .badData)
        case .download(let error, let byHand):
            var diagnosis = error.diagnosis
            if diagnosis.exit == .unavailable {
                diagnosis.remedy = [diagnosis.remedy, byHand].compactMap { $0 }.joined(separator: "\n")
            }
            return diagnosis
        }
    }
}
