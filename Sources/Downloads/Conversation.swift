/// Asks for an address and follows redirects: never from https to http, and with the secret to the first origin alone.
struct Conversation: Sendable {
    let transport: Transport
    /// Sent as a bearer token.
    var token: String?

    /// How often an answer may send elsewhere.
    static let mostRedirects = 10

    /// Each answer by the address that gave it; the last one is no redirect, unless that was enough.
    struct Exchange: Sendable {
        let address: WebAddress
        let headers: AnswerHeaders
    }

    /// - Parameters:
    ///   - body: takes the pieces of the last answer's body.
    ///   - isEnough: whether a redirect's headers are all that is wanted, so that nobody asks where it leads to.
    /// - throws: ``TransferFault``, ``DownloadError/redirect(url:to:reason:)``, or what `body` throws.
    func ask(
        _ start: WebAddress, lines: [String] = [], isHead: Bool = false,
        body: (AnswerHeaders, UnsafeRawBufferPointer) throws -> Void = { _, _ in },
        until isEnough: (_ headers: AnswerHeaders, _ next: WebAddress) -> Bool = { _, _ in false }
    ) throws -> [Exchange] {
        var (address, exchanges) = (start, [Exchange]())
        while true {
            let secret = token.flatMap { address.origin == start.origin ? ["Authorization: Bearer \($0)"] : nil }
            let answer = try transport.send(address, lines: lines + (secret ?? []), isHead: isHead) { headers, piece in
                if !Self.redirects.contains(headers.status) { try body(headers, piece) }
            }
            exchanges.append(Exchange(address: address, headers: answer.headers))
            guard Self.redirects.contains(answer.headers.status), let place = answer.redirect else { return exchanges }
            address = try Self.next(after: address, place, count: exchanges.count, from: start)
            if isEnough(answer.headers, address) { return exchanges }
        }
    }

    static let redirects: Set<Int> = [301, 302, 303, 307, 308]

    /// The address that the `count`th redirect leads to.
    static func next(after address: WebAddress, _ place: String, count: Int, from start: WebAddress) throws
        -> WebAddress
    {
        func refused(_ reason: String, _ shown: String) -> DownloadError {
            .redirect(url: start.description, to: shown, reason: reason)
        }
        guard let next = WebAddress(place) else {
            throw refused("an address that is not one over http or https", String(place.prefix(200)))
        }
        guard count <= mostRedirects else {
            throw refused("\(count) redirects, one after another", next.withoutQuery)
        }
        guard next.isSecure || !address.isSecure else { throw refused("from https to http", next.withoutQuery) }
        return next
    }
}
