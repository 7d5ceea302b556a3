import Drafts
import Foundation

/// Writes a file as a whole or not at all.
///
/// `body` writes to a draft in the same directory, which takes the place of `file` only after all of it was written; on
/// failure it is removed and whatever stood at `file` stays. This guards against a process that ends early, not
/// against a machine that does: the bytes are not forced to the disk. Throws `CheckpointError.cannotCreate` or
/// `.cannotWrite`, or what `body` throws.
func writeAtomically(to file: URL, _ body: (FileSink) throws -> Void) throws {
    let (draft, descriptor) = try creating(file) { try Draft.file(in: file.deletingLastPathComponent()) }
    let sink = FileSink(handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), file: file)
    try body(sink)
    try sink.close()
    try creating(file) { try draft.publish(to: file) }
}

private func creating<Result>(_ file: URL, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch {
        throw CheckpointError.cannotCreate(file: file.relativePath, reason: reason(of: error))
    }
}

/// A file that is being written, from its beginning to its end but for bytes that are known late.
struct FileSink {
    private let handle: FileHandle
    private let file: URL

    /// Writes to an open file; errors name `file`.
    init(handle: FileHandle, file: URL) {
        self.handle = handle
        self.file = file
    }

    func write(_ bytes: Data) throws {
        try naming(file) { try handle.write(contentsOf: bytes) }
    }

    /// Replaces bytes that were written before; writing goes on at the end.
    func overwrite(_ bytes: Data, at offset: Int) throws {
        try naming(file) {
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: bytes)
            try handle.seekToEnd()
        }
    }

    func close() throws {
        try naming(file) { try handle.close() }
    }

    private func naming(_ file: URL, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw CheckpointError.cannotWrite(file: file.relativePath, reason: reason(of: error))
        }
    }
}
