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
    /// Only what the hub itself says counts: a server that it redirects to is not asked. Links to stores are often
    /// signed for GET, and HEAD is refused there.
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
                self.init(try Self.asked(of: address, by: conversation))
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

    /// The headers of the hub's own answers.
    private static func asked(of address: WebAddress, by conversation: Conversation) throws -> [AnswerHeaders] {
        let exchanges = try conversation.ask(
            address, lines: ["Accept-Encoding: identity"], isHead: true,
            until: { headers, next in linkedDigest(headers) != nil || next.origin != address.origin })
        guard let headers = exchanges.last?.headers else { preconditionFailure("one answer expected, found none") }
        if let later = Later(headers) { throw later }
        let leadsElsewhere = Conversation.redirects.contains(headers.status) && headers["location"] != nil
        guard headers.status == 200 || leadsElsewhere else {
            throw DownloadError.status(url: address.description, status: headers.status)
        }
        return exchanges.map(\.headers)
    }

    /// The digest of a large file, which an answer that sends to its store bears.
    private static func linkedDigest(_ headers: AnswerHeaders) -> ContentDigest? {
        headers["x-linked-etag"].flatMap { ContentDigest(hubTag: $0) }
    }

    private init(_ own: [AnswerHeaders]) {
        let tags = own.reversed().compactMap { $0["etag"] }
        digest =
            own.lazy.compactMap { Self.linkedDigest($0) }.first
            ?? tags.lazy.compactMap { ContentDigest(hubTag: $0) }.first
        commit = own.lazy.compactMap { $0["x-repo-commit"] }.first(where: Self.isCommit)
        let whole = own.last.flatMap { $0.status == 200 ? $0.number("content-length") : nil }
        size = own.lazy.compactMap { $0.number("x-linked-size") }.first ?? whole
    }

    private static func isCommit(_ text: String) -> Bool {
        text.utf8.count == 40 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}
