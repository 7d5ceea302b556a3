import Downloads
import Foundation

/// A file that its publishers offer, and what they say that it is.
struct FetchedFile: Sendable, Equatable {
    /// What it is called where it is kept.
    let name: String
    let url: String
    /// Bytes, where that is known.
    let size: Int?
    let digest: ContentDigest

    /// The most bytes that are taken where it is not known how many there are: settings are small.
    var limit: Int { name.hasSuffix(".json") ? 1 << 20 : 1 << 32 }

    /// Size and digest, as a reader compares them.
    var words: String { (size.map { "\($0) bytes, " } ?? "") + digest.description }

    /// Throws unless a file that somebody put there is this one.
    ///
    /// - throws: ``FetchError/otherFile(file:found:expected:)``, ``FetchError/unreadable(file:reason:)``.
    func check(_ file: URL) throws {
        var status = stat()
        guard stat(file.path, &status) == 0 else {
            throw FetchError.unreadable(file: file.relativePath, reason: systemReason(ofCode: errno))
        }
        // The size tells soon.
        let bytes = Int(status.st_size)
        if let size, bytes != size {
            throw FetchError.otherFile(file: file.relativePath, found: "\(bytes) bytes", expected: words)
        }
        let found: ContentDigest
        do {
            found = try digest.compared(withFile: file)
        } catch {
            throw FetchError.unreadable(file: file.relativePath, reason: systemReason(of: error))
        }
        guard found == digest else {
            throw FetchError.otherFile(file: file.relativePath, found: "\(bytes) bytes, \(found)", expected: words)
        }
    }

    /// Whether a file is there and is this one.
    func isAt(_ file: URL) -> Bool { (try? check(file)) != nil }
}
