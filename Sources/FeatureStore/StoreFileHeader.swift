import Foundation

/// What the first bytes of a file say of whose database it is, read without opening it as one.
///
/// Opening a database already writes beside it, and turning on the write-ahead log writes into it; a file that is not
/// ours must stay as it is. Origin: <https://www.sqlite.org/fileformat2.html>, sections 1.3 and 1.6.
enum StoreFileHeader: Equatable {
    /// No file, or nothing in it.
    case empty
    /// A database without tables; those of a store just made may still be in its write-ahead log.
    case new
    /// A database of ours that has had this many migrations.
    case ours(version: Int)
    /// A database of another program, which may have put a number of its own there.
    case foreign(applicationID: UInt32)
    /// Anything else.
    case notSQLite

    /// Looks at the file at a path.
    init(ofPath path: String) throws {
        self.init(try firstBytes(ofPath: path))
    }

    init(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self = .empty
            return
        }
        guard bytes.count >= Self.length, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
            self = .notSQLite
            return
        }
        let applicationID = bigEndian(bytes[68..<72])
        if applicationID == UInt32(Schema.applicationID) {
            self = .ours(version: Int(bigEndian(bytes[60..<64])))
        } else {
            // The first page is the root of the table of tables: a leaf with no cells means no tables.
            let hasTables = bytes[100] != 13 || bigEndian(bytes[103..<105]) > 0
            self = applicationID == 0 && !hasTables ? .new : .foreign(applicationID: applicationID)
        }
    }

    /// The file header and the header of the first page.
    static let length = 108
}

private func firstBytes(ofPath path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    if descriptor < 0 && errno == ENOENT { return [] }
    guard descriptor >= 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
    defer { close(descriptor) }
    _ = try FileStamp(ofDescriptor: descriptor, path: path)
    var bytes = [UInt8](repeating: 0, count: StoreFileHeader.length)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
    return Array(bytes.prefix(count))
}

private func bigEndian(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
}
