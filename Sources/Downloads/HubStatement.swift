/// What the Hugging Face hub states of a file before it gives it.
///
/// Source: the headers that `huggingface_hub` reads (`X-Repo-Commit`, `X-Linked-Etag`, `X-Linked-Size`, `ETag`).
public struct HubStatement: Sendable, Equatable {
    /// The commit, as 40 hexadecimal digits.
    public let commit: String?
    /// Bytes.
    public let size: Int?
    /// A large file's SHA-256, or a small one's name in git.
    public let digest: ContentDigest?

    /// Asks for a file's headers.
    ///
    /// Only what the hub itself says counts, not what a server says that it redirects to.
    ///
    /// - throws: ``DownloadError``.
    public init(
        of address: WebAddress, token: String? = nil, patience: Patience = Patience(),
        tell: @escaping @Sendable (_ line: String) -> Void = { _ in }
    ) throws {
        let conversation = Conversation(transport: Transport(patience: patience), token: token)
        var attempts = Attempts(patience: patience, tell: tell)
        while true {
            do {
                self.init(try Self.asked(of: address, by: conversation), at: address)
                return
            } catch let later as Later {
                try attempts.wait(for: later, at: address)
            } catch let fault as TransferFault {
                let error = DownloadError(fault, at: address)
                guard let reason = fault.passing(afterAnswer: attempts.count > 0) else { throw error }
                try attempts.wait(after: reason) { error }
            }
        }
    }

    private static func asked(of address: WebAddress, by conversation: Conversation) throws -> [Conversation.Exchange] {
        let exchanges = try conversation.ask(address, lines: ["Accept-Encoding: identity"], isHead: true)
        guard let headers = exchanges.last?.headers else { preconditionFailure("one answer expected, found none") }
        if let later = Later(headers) { throw later }
        guard headers.status == 200 else {
            throw DownloadError.status(url: address.description, status: headers.status)
        }
        return exchanges
    }

    private init(_ exchanges: [Conversation.Exchange], at address: WebAddress) {
        let own = exchanges.filter { $0.address.origin == address.origin }.map(\.headers)
        let tags = own.compactMap { $0["x-linked-etag"] } + own.reversed().compactMap { $0["etag"] }
        digest = tags.lazy.compactMap { ContentDigest(hubTag: $0) }.first
        commit = own.lazy.compactMap { $0["x-repo-commit"] }.first(where: Self.isCommit)
        let whole = own.last.flatMap { $0.status == 200 ? $0.number("content-length") : nil }
        size = own.lazy.compactMap { $0.number("x-linked-size") }.first ?? whole
    }

    private static func isCommit(_ text: String) -> Bool {
        text.utf8.count == 40 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}
