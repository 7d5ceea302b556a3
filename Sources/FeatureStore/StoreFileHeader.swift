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
    /// A database of ours whose header says what it cannot say.
    case damaged(reason: String)
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
        guard bytes.count >= Self.length else {
            self = .notSQLite
            return
        }
        let applicationID = bigEndian(bytes[68..<72])
        if (applicationID ^ UInt32(Schema.applicationID)).nonzeroBitCount <= Self.fewBits {
            self = Self.ours(bytes)
        } else if !bytes.starts(with: Self.magic) {
            self = .notSQLite
        } else {
            // The first page is the root of the table of tables: a leaf with no cells means no tables.
            let hasTables = bytes[100] != 13 || bigEndian(bytes[103..<105]) > 0
            self = applicationID == 0 && !hasTables ? .new : .foreign(applicationID: applicationID)
        }
    }

    /// Whether the database at a path is written through a write-ahead log; false where there is none yet.
    static func isLogged(_ path: String) throws -> Bool {
        let bytes = try firstBytes(ofPath: path)
        return bytes.count >= length && bytes[18] == 2
    }

    /// What a header with our number, or almost ours, says.
    private static func ours(_ bytes: [UInt8]) -> StoreFileHeader {
        let right = mended(bytes, fileSize: 0)
        for field in fixedFields where bytes[field] != right[field] {
            return .damaged(reason: "bytes \(field.lowerBound) to \(field.upperBound - 1) of its header")
        }
        guard bytes[18..<20].allSatisfy({ (1...2).contains($0) }) else {
            return .damaged(reason: "bytes 18 to 19 of its header")
        }
        let version = bigEndian(bytes[60..<64])
        guard version > 0, version < farVersion else { return .damaged(reason: "schema version \(version)") }
        return .ours(version: Int(version))
    }

    /// A header as it should be: what is the same in every store of ours, the file's length, and no free pages.
    static func mended(_ bytes: [UInt8], fileSize: UInt64) -> [UInt8] {
        guard bytes.count >= length else { return bytes }
        var header = bytes
        header.replaceSubrange(0..<24, with: magic + [16, 0, 2, 2, 0, 64, 32, 32])
        // SQLite takes the number of pages as right only while these two counters are the same.
        header.replaceSubrange(28..<32, with: bigEndianBytes(of: UInt32(truncatingIfNeeded: fileSize / 4_096)))
        header.replaceSubrange(92..<96, with: header[24..<28])
        header.replaceSubrange(32..<40, with: [UInt8](repeating: 0, count: 8))
        header.replaceSubrange(44..<48, with: [0, 0, 0, 4])
        header.replaceSubrange(52..<60, with: [0, 0, 0, 0, 0, 0, 0, 1])
        let version = bigEndian(header[60..<64])
        if !(1...UInt32(Schema.version)).contains(version) {
            header.replaceSubrange(60..<64, with: bigEndianBytes(of: UInt32(Schema.version)))
        }
        header.replaceSubrange(64..<72, with: [0, 0, 0, 0] + bigEndianBytes(of: UInt32(Schema.applicationID)))
        return header
    }

    /// Signature and sizes; the format of the definitions; where its pages are moved, and how texts are encoded; our number.
    ///
    /// Bytes 18 and 19 say whether there is a log: 1 or 2.
    private static let fixedFields = [0..<18, 20..<24, 44..<48, 52..<60, 64..<72]
    private static let magic = Array("SQLite format 3\0".utf8)
    /// Another program's number that is this close to ours is rather a damaged one of ours.
    private static let fewBits = 3
    /// A version that no Timbre will have for long.
    private static let farVersion: UInt32 = 100

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

private func bigEndianBytes(of number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
