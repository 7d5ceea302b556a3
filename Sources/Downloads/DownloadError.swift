import Diagnosis

/// Why a file could not be downloaded.
public enum DownloadError: Error, Equatable, Sendable {
    /// What is to be asked for is no address over http or https.
    case notAnAddress(text: String, named: String)
    /// libcurl is not installed.
    case noLibrary(reason: String)
    /// No connection to the server, or none that can be trusted.
    case unreachable(url: String, reason: String)
    /// The server says that it has no such file, or does not give it.
    case status(url: String, status: Int)
    /// A redirect that is not followed.
    case redirect(url: String, to: String, reason: String)
    /// The download broke off as often as it may; what came is kept.
    case brokenOff(url: String, reason: String, kept: Int, file: String)
    /// The server wants to be asked again later than anyone would wait.
    case askedToWait(url: String, status: Int, seconds: Int)
    /// The server offers another number of bytes than the file has; none was taken.
    case wrongSizeOffered(url: String, found: String, expected: Int)
    /// More bytes came than the file has; they have been removed.
    case tooLong(url: String, expected: Int)
    /// The bytes that came are others than expected; they have been removed.
    case wrongBytes(url: String, found: String, expected: String)
    /// More headers than any server needs.
    case headersTooLong(url: String)
    /// A file cannot be written.
    case cannotWrite(file: String, reason: String)
}

extension DownloadError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .notAnAddress(let text, let named):
            Diagnosis(
                "cannot download from this address", place: named, found: "\"\(text)\"",
                expected: "an address such as https://example.org/files", remedy: "mend or unset \(named)",
                exit: .usage)
        case .noLibrary(let reason):
            Diagnosis(
                "cannot download without libcurl", found: reason, expected: "libcurl.so.4, the Debian package libcurl4",
                remedy: "make setup", exit: .unavailable)
        case .unreachable(let url, let reason):
            Diagnosis(
                "cannot reach a server", place: url, found: reason, expected: "a network",
                remedy: "look at the network, and at http_proxy, https_proxy and no_proxy; then run again",
                exit: .unavailable)
        case .status(let url, let status):
            Diagnosis(
                "the server does not give the file", place: url, found: "HTTP status \(status)",
                expected: "200, or 206 for a part", remedy: "run again later", exit: .unavailable)
        case .redirect(let url, let to, let reason):
            Diagnosis(
                "a redirect is not followed", place: url, found: "\(reason): \(to)",
                expected: "at most \(Conversation.mostRedirects) redirects, none from https to http",
                remedy: "run again from another network", exit: .unavailable)
        case .brokenOff(let url, let reason, let kept, let file):
            Diagnosis(
                "the download broke off again and again", place: url, found: "\(reason); \(kept) bytes are in \(file)",
                expected: "a connection that lasts", remedy: "run again: it goes on from there", exit: .unavailable)
        case .askedToWait(let url, let status, let seconds):
            Diagnosis(
                "the server wants to be asked later", place: url,
                found: "HTTP status \(status), to be tried again in \(seconds) s", expected: "200, or 206 for a part",
                remedy: "run again then", exit: .unavailable)
        case .wrongSizeOffered(let url, let found, let expected):
            Diagnosis(
                "the server offers another file", place: url, found: found, expected: "\(expected) bytes",
                remedy: "open the address in a browser: a network may want to be logged into first", exit: .badData)
        case .tooLong(let url, let expected):
            Diagnosis(
                "more came than the file has; it was cut off and removed", place: url,
                found: "more than \(expected) bytes", expected: "\(expected) bytes",
                remedy: "run again, from another network if it says so again", exit: .badData)
        case .wrongBytes(let url, let found, let expected):
            Diagnosis(
                "what came is not the file; it has been removed", place: url, found: found, expected: expected,
                remedy: "run again: it begins anew; from another network if it says so again", exit: .badData)
        case .headersTooLong(let url):
            Diagnosis(
                "the server's answer is not one of a file", place: url,
                found: "more than \(AnswerHeaders.most) bytes of headers", expected: "headers and the file's bytes",
                remedy: "run again from another network", exit: .badData)
        case .cannotWrite(let file, let reason):
            Diagnosis(
                "cannot write a file", place: file, found: reason, expected: "a writable place with room",
                remedy:
                    "ls -ld \(Diagnosis.shellWord(file)); df -h \(Diagnosis.shellWord(file)); then run again: what came is kept",
                exit: .cannotCreate)
        }
    }
}

extension DownloadError {
    init(_ fault: TransferFault, at url: WebAddress) {
        self =
            switch fault {
            case .noLibrary(let reason): .noLibrary(reason: reason)
            case .unreachable(let reason), .broken(let reason): .unreachable(url: url.description, reason: reason)
            case .headersTooLong: .headersTooLong(url: url.description)
            }
    }
}
