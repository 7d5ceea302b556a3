import Foundation

/// A server that wants to be asked again, after so many seconds where it says that.
struct Later: Error {
    let status: Int
    let seconds: Int?

    /// Nil for an answer that will not be otherwise later.
    init?(_ headers: AnswerHeaders) {
        guard [408, 429, 500, 502, 503, 504].contains(headers.status) else { return nil }
        (status, seconds) = (headers.status, headers.number("retry-after"))
    }
}

/// Counts failures in a row, and waits after each.
struct Attempts {
    private let patience: Patience
    private let tell: @Sendable (String) -> Void
    private(set) var count = 0

    init(patience: Patience, tell: @escaping @Sendable (String) -> Void) {
        (self.patience, self.tell) = (patience, tell)
    }

    /// Waits before the next try; throws `error` where there is none.
    ///
    /// - Parameter gained: how many bytes came before it failed.
    mutating func wait(after reason: String, gained: Int = 0, error: () -> DownloadError) throws {
        if gained >= patience.progress { count = 0 }
        guard count < patience.waits.count else { throw error() }
        wait(patience.waits[count], after: reason)
    }

    /// Waits as long as a server asks for, or as usual where it does not say.
    mutating func wait(for later: Later, at address: WebAddress) throws {
        let error = DownloadError.status(url: address.description, status: later.status)
        guard let seconds = later.seconds else {
            return try wait(after: "HTTP status \(later.status)") { error }
        }
        guard Double(seconds) <= patience.longestWait else {
            throw DownloadError.askedToWait(url: address.description, status: later.status, seconds: seconds)
        }
        guard count < patience.waits.count else { throw error }
        wait(Double(seconds), after: "HTTP status \(later.status)")
    }

    private mutating func wait(_ seconds: Double, after reason: String) {
        count += 1
        tell("\(reason); trying again in \(seconds < 10 ? String(format: "%.1f", seconds) : "\(Int(seconds))") s")
        Thread.sleep(forTimeInterval: seconds)
    }
}

extension TransferFault {
    /// What may be otherwise at the next try; nil for what will not.
    ///
    /// - Parameter afterAnswer: whether the server has been reached before, so that it is worth while to wait for it.
    func passing(afterAnswer: Bool) -> String? {
        switch self {
        case .broken(let reason): reason
        case .unreachable(let reason): afterAnswer ? reason : nil
        case .noLibrary, .headersTooLong: nil
        }
    }
}
