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
    component.utf8.map { byte in
        let scalar = Unicode.Scalar(byte)
        let isPlain =
            byte < 128
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-._~".unicodeScalars.contains(scalar))
        let digits = String(byte, radix: 16, uppercase: true)
        return isPlain ? String(scalar) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
}
