import Foundation

/// A link from one folder to another that holds wherever both are moved together, with a slash at the end.
///
/// What lies beside each other is told from the paths alone, whether they exist or not. Every part is escaped as a URL
/// needs it.
func relativeLink(from folder: URL, to target: URL) -> String {
    let (here, there) = (folder.standardizedFileURL.pathComponents, target.standardizedFileURL.pathComponents)
    let shared = zip(here, there).prefix { $0 == $1 }.count
    let parts = here.dropFirst(shared).map { _ in ".." } + there.dropFirst(shared).map(escaped)
    return parts.isEmpty ? "./" : parts.joined(separator: "/") + "/"
}

/// A path component in which only letters, digits and the four marks that never mean anything in a URL are left.
private func escaped(_ component: String) -> String {
    component.addingPercentEncoding(withAllowedCharacters: unreserved) ?? component
}

/// Source: RFC 3986, section 2.3.
private let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
