import Foundation
import Reports

/// A report folder while it is written: texts are appended to files beside the old ones, which take their places when all
/// is done.
final class ReportFolder {
    private let folder: URL
    /// Where the new files grow; removed if the report is not finished.
    private let beside: URL
    /// Tables grow cell by cell and stay open; a picture is written at once.
    private var handles: [String: FileHandle] = [:]
    private var names: [String] = []

    /// Makes the folder if need be.
    ///
    /// - throws: ``CommandError/cannotWrite(path:reason:)``, as all its methods do.
    init(_ folder: URL) throws {
        self.folder = folder
        beside = folder.appendingPathComponent(".\(getpid()).partial")
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory), !isDirectory.boolValue {
            throw CommandError.cannotWrite(path: folder.relativePath, reason: "a file stands where a folder is to be")
        }
        Self.removeLeftovers(in: folder)
        try Project.create(beside)
    }

    deinit { try? FileManager.default.removeItem(at: beside) }

    /// Appends a text to a file of the report.
    func append(_ rendered: RenderedText) throws {
        let file = beside.appendingPathComponent(rendered.file)
        do {
            let handle = try handle(of: rendered.file, at: file)
            try handle.write(contentsOf: Data(rendered.text.utf8))
            if !rendered.file.hasSuffix(".csv") {
                try handle.close()
                handles[rendered.file] = nil
            }
        } catch {
            throw CommandError.cannotWrite(path: file.relativePath, reason: error.localizedDescription)
        }
    }

    /// Puts all files into their places and tells their names, in the order in which they were begun.
    func finish() throws -> [String] {
        for name in names {
            let (file, place) = (beside.appendingPathComponent(name), folder.appendingPathComponent(name))
            do {
                try handles[name]?.close()
                guard rename(file.path, place.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            } catch {
                throw CommandError.cannotWrite(path: place.relativePath, reason: error.localizedDescription)
            }
        }
        return names
    }

    /// Removes what processes that are no more left half written.
    private static func removeLeftovers(in folder: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(".") && name.hasSuffix(".partial") {
            guard let writer = pid_t(name.dropFirst().dropLast(".partial".count)) else { continue }
            let isAlive = writer != getpid() && (kill(writer, 0) == 0 || errno != ESRCH)
            if !isAlive { try? FileManager.default.removeItem(at: folder.appendingPathComponent(name)) }
        }
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
