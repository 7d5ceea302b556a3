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
        let (found, size): (ContentDigest, Int)
        do {
            size =
                try FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)[.size] as? Int
                ?? 0
            // The size tells soon enough.
            if let expected = self.size, size != expected {
                throw FetchError.otherFile(file: file.relativePath, found: "\(size) bytes", expected: words)
            }
            found = try digest.compared(withFile: file)
        } catch let error as FetchError {
            throw error
        } catch {
            throw FetchError.unreadable(file: file.relativePath, reason: systemReason(of: error))
        }
        guard found == digest else {
            throw FetchError.otherFile(file: file.relativePath, found: "\(size) bytes, \(found)", expected: words)
        }
    }

    /// Whether a file is there and is this one.
    func isAt(_ file: URL) -> Bool { (try? check(file)) != nil }
}
