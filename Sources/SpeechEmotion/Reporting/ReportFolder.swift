import Drafts
import Foundation
import Reports

/// A report folder while it is written: texts are appended to files beside the old ones, which take their places when all
/// is done.
///
/// As long as this lives, no other process writes into the folder.
final class ReportFolder {
    private let folder: URL
    /// Where the new files grow.
    private let draft: Draft
    private let lock: FolderLock
    /// Tables grow cell by cell and stay open; a picture is written at once.
    private var handles: [String: FileHandle] = [:]
    private var names: [String] = []

    /// Makes the folder if need be, and waits until no other process writes into it or reads from it.
    ///
    /// - throws: ``CommandError/cannotWrite(path:reason:)``, as all its methods do.
    init(_ folder: URL, console: Console = .standardError) throws {
        self.folder = folder
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory), !isDirectory.boolValue {
            throw CommandError.cannotWrite(path: folder.relativePath, reason: "a file stands where a folder is to be")
        }
        try Project.create(folder)
        lock = FolderLock.waited(for: folder, console: console)
        draft = try Project.writing(folder) { try Draft.folder(in: folder) }
    }

    /// Appends a text to a file of the report.
    func append(_ rendered: RenderedText) throws {
        let file = draft.url.appendingPathComponent(rendered.file)
        try Project.writing(folder.appendingPathComponent(rendered.file)) {
            let handle = try handle(of: rendered.file, at: file)
            try handle.write(contentsOf: Data(rendered.text.utf8))
            if !rendered.file.hasSuffix(".csv") {
                try handle.close()
                handles[rendered.file] = nil
            }
        }
    }

    /// Puts all files into their places and tells their names, in the order in which they were begun.
    func finish() throws -> [String] {
        for name in names {
            let (file, place) = (draft.url.appendingPathComponent(name), folder.appendingPathComponent(name))
            try Project.writing(place) {
                try handles[name]?.close()
                guard rename(file.path, place.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            }
        }
        draft.discard()
        return names
    }

    private func handle(of name: String, at file: URL) throws -> FileHandle {
        if let handle = handles[name] { return handle }
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
            names.append(name)
        }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        handles[name] = handle
        return handle
    }
}
