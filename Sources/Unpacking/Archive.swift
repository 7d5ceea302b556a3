import Checkpoints
import Foundation

/// A stranger's zip archive, whose entries are known to stay where they are unpacked and not to be a bomb.
public struct Archive: Sendable {
    /// Where it stands, as errors name it.
    let file: String
    private let bytes: Data
    private let entries: [String: ZipDirectory.Entry]

    /// The method number of deflate (APPNOTE 4.4.5).
    private static let deflate: UInt16 = 8

    /// Reads an archive's directory; nothing is unpacked yet.
    ///
    /// - Parameter limit: how many bytes all entries may have together once they are unpacked.
    /// - throws: ``ArchiveError`` for one that is damaged, encrypted or compressed otherwise than by deflate, in which a
    ///   name leads out of the folder or stands twice, a link or a device stands, or entries share bytes.
    public init(contentsOf file: URL, limit: Int) throws {
        self.file = file.relativePath
        do {
            bytes = try RegularFile.mapped(file)
        } catch {
            throw ArchiveError.unreadable(file: file.relativePath, reason: "no regular file that can be read")
        }
        do {
            entries = try ZipDirectory(bytes, file: file.relativePath, methods: [0, Self.deflate]).entries
        } catch let error as CheckpointError {
            let facts = error.diagnosis
            let reason = [facts.what, facts.found].compactMap { $0 }.joined(separator: ": ")
            throw ArchiveError.damaged(file: file.relativePath, entry: nil, reason: reason)
        }
        try check(limit: limit)
    }

    /// The names of all files in it, folders left out, sorted.
    public var names: [String] { entries.keys.filter { !EntryName.isFolder($0) }.sorted() }

    /// Unpacks some of its files into a folder, which must be this process's own and empty; when this returns, the disk has
    /// them, and a power cut leaves none of them short.
    ///
    /// - Parameter advance: called after each file.
    /// - throws: ``ArchiveError``.
    public func unpack(_ names: [String], into folder: URL, advance: () -> Void = {}) throws {
        for name in names {
            try Self.makeFolders(of: name, in: folder)
            let target = try NewFile(folder.appendingPathComponent(name))
            try forEachPiece(of: name) { try target.append($0) }
            try target.settle()
            advance()
        }
    }

    /// Never the folder itself: whoever has removed that meanwhile has removed files too.
    private static func makeFolders(of name: String, in folder: URL) throws {
        var place = folder
        for step in name.pathSteps.dropLast() {
            place.appendPathComponent(step)
            guard mkdir(place.path, 0o777) == 0 || errno == EEXIST else { throw NewFile.failure(place.relativePath) }
        }
    }

    /// Hands on what a file holds, piece by piece; that it was whole and sound is known when this returns.
    ///
    /// - throws: ``ArchiveError/damaged(file:entry:reason:)``, or what `body` throws.
    package func forEachPiece(of name: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let entry = entries[name] else { preconditionFailure("an entry \(name) expected, found none") }
        var (checksum, count) = (CRC32(), 0)
        func take(_ piece: UnsafeRawBufferPointer) throws {
            count += piece.count
            checksum.update(Data(piece))
            try body(piece)
        }
        do {
            try bytes[entry.range].withUnsafeBytes { stored in
                if entry.method == 0 { return try take(stored) }
                try Inflater().inflate(stored, atMost: entry.byteCount, take)
            }
        } catch let fault as Inflater.Fault {
            throw ArchiveError.damaged(file: file, entry: name, reason: Self.words(of: fault, entry))
        }
        guard count == entry.byteCount, checksum.value == entry.checksum else {
            throw ArchiveError.damaged(
                file: file, entry: name, reason: "\(count) bytes of another checksum than the archive says")
        }
    }

    private static func words(of fault: Inflater.Fault, _ entry: ZipDirectory.Entry) -> String {
        switch fault {
        case .damaged: "compressed bytes that are damaged"
        case .wrongEnd: "compressed bytes that do not end where the archive says"
        case .tooLong: "more than the \(entry.byteCount) bytes that the archive says"
        }
    }

    private func check(limit: Int) throws {
        var (total, folders) = (0, Set<String>())
        for (name, entry) in entries {
            if let reason = EntryName.fault(of: name) ?? Self.reasonAgainst(kindOf: entry) {
                throw ArchiveError.hostile(file: file, entry: name, reason: reason)
            }
            guard entry.byteCount <= limit - total else { throw ArchiveError.tooLarge(file: file, limit: limit) }
            total += entry.byteCount
            EntryName.add(foldersOf: name, to: &folders)
        }
        guard let both = entries.keys.filter({ folders.contains($0) }).min() else { return }
        throw ArchiveError.hostile(file: file, entry: both, reason: "a file and a folder of one name")
    }

    /// Links, devices and pipes are no files; archives made elsewhere than on Unix have none of them.
    private static func reasonAgainst(kindOf entry: ZipDirectory.Entry) -> String? {
        let isFolder = EntryName.isFolder(entry.name)
        if isFolder && entry.byteCount > 0 { return "a folder that holds bytes" }
        switch entry.unixMode.map({ mode_t($0) & S_IFMT }) ?? 0 {
        case 0: return nil
        case S_IFREG: return isFolder ? "a file with a folder's name" : nil
        case S_IFDIR: return isFolder ? nil : "a folder with a file's name"
        case S_IFLNK: return "a symbolic link"
        default: return "a device, a pipe or a socket"
        }
    }
}

/// A file that was not there before.
private struct NewFile: ~Copyable {
    private let descriptor: Int32
    private let name: String

    init(_ place: URL) throws {
        name = place.relativePath
        descriptor = open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw Self.failure(name) }
    }

    deinit { close(descriptor) }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = write(descriptor, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(name) }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until the disk has it.
    func settle() throws {
        if fsync(descriptor) != 0 { throw Self.failure(name) }
    }

    static func failure(_ name: String) -> ArchiveError {
        .cannotWrite(file: name, reason: String(cString: strerror(errno)).lowercased())
    }
}
