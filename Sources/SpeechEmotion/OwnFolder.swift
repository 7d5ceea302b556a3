import Diagnosis
import Foundation
import Unpacking

/// Folders within those that a user named, into which Timbre writes and from which it removes.
///
/// A folder may come from a stranger. A link in it where Timbre's own folders stand would have files of those names
/// written, replaced and removed wherever it leads, so it stops the command. The folders that a user names may be links.
enum OwnFolder {
    /// Makes a folder, and those between it and `owner`, which may be a link.
    ///
    /// - throws: ``CommandError/cannotWrite(path:reason:)``.
    static func make(_ folder: URL, within owner: URL) throws {
        try check(folder, within: owner)
        try Project.create(folder)
    }

    /// Throws ``CommandError/cannotWrite(path:reason:)`` for a link in the way to the folder, the folder itself included.
    static func check(_ folder: URL, within owner: URL) throws {
        let (steps, above) = (folder.path.pathNames, owner.path.pathNames)
        precondition(steps.starts(with: above), "a folder in \(owner.path) expected, found \(folder.path)")
        var place = owner
        for name in steps.dropFirst(above.count) {
            place = place.appendingPathComponent(name)
            guard isLink(place) else { continue }
            throw CommandError.cannotWrite(path: place.relativePath, reason: "a link stands where a folder is to be")
        }
    }

    private static func isLink(_ place: URL) -> Bool {
        var status = stat()
        return lstat(place.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
