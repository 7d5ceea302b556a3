import CCurl
import Foundation

/// Sends one request and takes its answer, by libcurl: proxies are those of the environment, redirects are not followed.
struct Transport: Sendable {
    let patience: Patience

    /// What came of a request: the headers, and where they redirect to.
    struct Answer: Sendable {
        let headers: AnswerHeaders
        let redirect: String?
    }

    /// - Parameter lines: headers of the request, such as `Range: bytes=7-`.
    /// - Parameter isHead: whether the answer's headers alone are asked for.
    /// - Parameter body: takes a piece of the answer's body; what it throws ends the transfer.
    /// - throws: ``TransferFault``, or what `body` throws.
    func send(
        _ address: WebAddress, lines: [String], isHead: Bool = false,
        body: (AnswerHeaders, UnsafeRawBufferPointer) throws -> Void
    ) throws -> Answer {
        if let fault = ccurl_load() { throw TransferFault.noLibrary(String(cString: fault)) }
        return try withoutActuallyEscaping(body) { body in
            let taker = AnswerTaker(body)
            var outcome = withExtendedLifetime(taker) { exchange(address, lines, isHead, taker) }
            defer { ccurl_free(&outcome) }
            if let error = taker.error { throw error }
            if let fault = TransferFault(outcome, isAnswered: taker.headers.status > 0) { throw fault }
            return Answer(headers: taker.headers, redirect: outcome.redirect.map { String(cString: $0) })
        }
    }

    private func exchange(_ address: WebAddress, _ lines: [String], _ isHead: Bool, _ taker: AnswerTaker)
        -> ccurl_outcome
    {
        let texts = ([address.text, "timbre"] + lines).map { strdup($0) }
        defer { texts.forEach { free($0) } }
        let headers = texts.dropFirst(2).map { UnsafePointer($0) }
        return headers.withUnsafeBufferPointer { headers in
            var request = ccurl_request()
            request.url = UnsafePointer(texts[0])
            request.agent = UnsafePointer(texts[1])
            request.headers = headers.baseAddress
            request.header_count = headers.count
            request.is_head = isHead
            request.connect_patience = patience.connecting
            request.stall_patience = patience.stalled
            request.slowest = patience.slowest
            request.context = Unmanaged.passUnretained(taker).toOpaque()
            request.take_header = { context, bytes, count in
                AnswerTaker.of(context).takeHeader(UnsafeRawBufferPointer(start: bytes, count: count))
            }
            request.take_body = { context, bytes, count in
                AnswerTaker.of(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: count))
            }
            return ccurl_send(&request)
        }
    }
}

/// Where libcurl's callbacks lead to.
private final class AnswerTaker {
    private(set) var headers = AnswerHeaders()
    /// Why the transfer was ended from here.
    private(set) var error: (any Error)?
    private let body: (AnswerHeaders, UnsafeRawBufferPointer) throws -> Void

    init(_ body: @escaping (AnswerHeaders, UnsafeRawBufferPointer) throws -> Void) { self.body = body }

    static func of(_ context: UnsafeMutableRawPointer?) -> AnswerTaker {
        guard let context else { preconditionFailure("a context expected, found none") }
        return Unmanaged<AnswerTaker>.fromOpaque(context).takeUnretainedValue()
    }

    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        if !headers.take(line) { error = TransferFault.headersTooLong }
        return error == nil
    }

    func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        do {
            try body(headers, piece)
        } catch {
            self.error = error
        }
        return error == nil
    }
}

/// Why there is no whole answer to a request.
enum TransferFault: Error, Equatable {
    /// libcurl cannot be loaded; the loader's words.
    case noLibrary(String)
    /// No connection stood, or none that can be trusted.
    case unreachable(String)
    /// It ended before the answer did.
    case broken(String)
    /// More headers than any server needs.
    case headersTooLong

    init?(_ outcome: ccurl_outcome, isAnswered: Bool) {
        guard outcome.code != 0 else { return nil }
        let reason = withUnsafeBytes(of: outcome.reason) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        // As our own words begin, but for SSL, HTTP and their like.
        let isAbbreviation = reason.dropFirst().first?.isUppercase ?? false
        let words = (isAbbreviation ? String(reason.prefix(1)) : reason.prefix(1).lowercased()) + reason.dropFirst()
        self =
            Self.neverConnected.contains(outcome.code) || (!outcome.is_connected && !isAnswered)
            ? .unreachable(words) : .broken(words)
    }

    /// A URL or a protocol that libcurl does not know, names that are not found, refused connections, failed handshakes
    /// and certificates.
    ///
    /// Source: the list of `CURLcode` in libcurl-errors(3).
    private static let neverConnected: Set<Int32> = [1, 3, 5, 6, 7, 35, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91]
}
