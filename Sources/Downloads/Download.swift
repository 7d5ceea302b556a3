import Foundation

/// A file to be had from an address, of which it is known what it has to be.
public struct Download: Sendable {
    private let address: WebAddress
    private let place: URL
    private let size: Int?
    private let limit: Int
    private let digest: ContentDigest
    private let conversation: Conversation
    private var patience: Patience { conversation.transport.patience }

    /// Where it is told how far the download is.
    public struct Listener: Sendable {
        /// Takes how many bytes are there.
        public var advance: @Sendable (_ bytes: Int) -> Void
        /// Takes a line on something that a user should know.
        public var tell: @Sendable (_ line: String) -> Void

        /// Gathers both.
        public init(
            advance: @escaping @Sendable (_ bytes: Int) -> Void = { _ in },
            tell: @escaping @Sendable (_ line: String) -> Void = { _ in }
        ) {
            self.advance = advance
            self.tell = tell
        }
    }

    /// - Parameters:
    ///   - place: Where the file is to be; what has come stands beside it, and is gone on with by a next run.
    ///   - size: How many bytes it has, where that is known.
    ///   - limit: The most that is taken where it is not known.
    ///   - token: A secret for the address's own scheme, host and port.
    public init(
        from address: WebAddress, to place: URL, size: Int?, limit: Int = 1 << 34, digest: ContentDigest,
        token: String? = nil, patience: Patience = Patience()
    ) {
        self.address = address
        self.place = place
        self.size = size
        self.limit = size ?? limit
        self.digest = digest
        conversation = Conversation(transport: Transport(patience: patience), token: token)
    }

    /// Downloads the file, going on where an earlier run was broken off; what stands at its place is replaced.
    ///
    /// - throws: ``DownloadError``.
    public func run(_ listener: Listener = Listener()) throws { try whole(listener).publish(to: place) }

    /// Downloads the file, but leaves it under a part's name, by which the next run knows it for Timbre's own.
    ///
    /// What stands at its place may be a user's. Where its size is known, that run finds all of it there.
    ///
    /// - Returns: Where it is.
    /// - throws: ``DownloadError``.
    public func runUnpublished(_ listener: Listener = Listener()) throws -> URL { try whole(listener).url }

    /// All of the file, as it has to be.
    private func whole(_ listener: Listener) throws -> PartialFile {
        let part = try PartialFile(of: place, digest: digest)
        if part.byteCount > limit { try part.empty() }
        listener.advance(part.byteCount)
        var attempts = Attempts(patience: patience, tell: listener.tell)
        var tag: String?
        while part.byteCount != size {
            let before = part.byteCount
            do {
                try attempt(part, tag: &tag, listener)
                if size == nil { break }
                if part.byteCount != size { throw TransferFault.broken("the server closed the connection early") }
            } catch let later as Later {
                try attempts.wait(for: later, at: address)
            } catch let fault as TransferFault {
                guard let reason = fault.passing(afterAnswer: attempts.count > 0 || part.byteCount > before) else {
                    if part.byteCount == 0 { part.remove() }
                    throw DownloadError(fault, at: address)
                }
                try attempts.wait(after: reason, gained: part.byteCount - before) {
                    .brokenOff(
                        url: address.description, reason: reason, kept: part.byteCount, file: part.url.relativePath)
                }
            }
        }
        try check(part)
        return part
    }

    /// One request, for what is missing.
    private func attempt(_ part: PartialFile, tag: inout String?, _ listener: Listener) throws {
        let start = part.byteCount
        var lines: [String] = []
        if start > 0 { lines.append("Range: bytes=\(start)-") }
        if start > 0, let tag { lines.append("If-Range: \(tag)") }
        var isAccepted = false
        let exchanges = try conversation.ask(address, lines: lines) { headers, piece in
            guard [200, 206].contains(headers.status) else { return }
            if !isAccepted {
                try accept(headers, part, listener)
                tag = headers.strongTag
                isAccepted = true
            }
            try append(piece, to: part, listener)
        }
        guard let headers = exchanges.last?.headers else { preconditionFailure("one answer expected, found none") }
        if !isAccepted { try judge(headers, part, listener) }
    }

    /// Decides what an answer's body is: all of the file, or what is missing.
    private func accept(_ headers: AnswerHeaders, _ part: PartialFile, _ listener: Listener) throws {
        if headers.status == 206 {
            guard let range = headers.range, range.start == part.byteCount,
                size == nil || range.total == nil || range.total == size
            else {
                try part.empty()
                throw TransferFault.broken("the server sent another part than the one asked for")
            }
        } else {
            if let size, let offered = headers.number("content-length"), offered != size {
                let kind = headers["content-type"].map { ", \($0.prefix(100))" } ?? ""
                throw DownloadError.wrongSizeOffered(
                    url: address.description, found: "\(offered) bytes\(kind)", expected: size)
            }
            if part.byteCount > 0 {
                listener.tell("the server does not go on where the download broke off: it begins anew")
                try part.empty()
            }
        }
    }

    private func append(_ piece: UnsafeRawBufferPointer, to part: PartialFile, _ listener: Listener) throws {
        guard piece.count <= limit - part.byteCount else {
            part.remove()
            throw DownloadError.tooLong(url: address.description, expected: limit)
        }
        try part.append(piece)
        listener.advance(part.byteCount)
    }

    /// Decides about an answer without a body that was taken.
    private func judge(_ headers: AnswerHeaders, _ part: PartialFile, _ listener: Listener) throws {
        switch headers.status {
        case 200, 206: try accept(headers, part, listener)
        case 416 where part.byteCount > 0:
            try part.empty()
            throw TransferFault.broken("the server has no such part")
        default:
            if let later = Later(headers) { throw later }
            if part.byteCount == 0 { part.remove() }
            throw DownloadError.status(url: address.description, status: headers.status)
        }
    }

    private func check(_ part: PartialFile) throws {
        let found = try part.digest(like: digest)
        guard found == digest else {
            part.remove()
            throw DownloadError.wrongBytes(
                url: address.description, found: "\(part.byteCount) bytes, \(found)",
                expected: "\(size ?? part.byteCount) bytes, \(digest)")
        }
    }
}
