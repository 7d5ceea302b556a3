import Foundation

/// An absolute address over http or https.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    /// The whole of it, for the library that asks.
    let text: String
    private let components: URLComponents

    /// Reads an address; nil for one that is not absolute, not over http or https, or holds characters that no URL has.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let components = URLComponents(string: text),
            let scheme = components.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = components.host, !host.isEmpty
        else { return nil }
        self.text = text
        self.components = components
    }

    var isSecure: Bool { components.scheme?.lowercased() == "https" }

    /// Scheme, host and port: what a secret may be sent to is one of these.
    var origin: String {
        let port = components.port ?? (isSecure ? 443 : 80)
        return "\(isSecure ? "https" : "http")://\((components.host ?? "").lowercased()):\(port)"
    }

    /// The address without a password in it.
    public var description: String {
        guard components.user != nil || components.password != nil else { return text }
        var shown = components
        (shown.user, shown.password) = (nil, nil)
        return shown.string ?? origin
    }

    /// The address without what stands behind `?`, which may be a signature.
    var withoutQuery: String { String(description.prefix { $0 != "?" }) }

    /// Equal texts are equal addresses.
    public static func == (left: WebAddress, right: WebAddress) -> Bool { left.text == right.text }
}
