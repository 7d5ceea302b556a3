import Foundation

/// The entries of a zip archive; of one that stores them without compression, as `torch.save` writes it, unless told.
///
/// Read from the central directory and checked fully: every entry lies before the directory, none overlaps another, no
/// name is used twice. Section numbers are those of PKWARE's APPNOTE.TXT 6.3.10.
package struct ZipDirectory {
    /// A file or a folder in the archive.
    package struct Entry {
        package let name: String
        /// The entry's bytes in the file, compressed if the entry is.
        package let range: Range<Int>
        /// How many bytes the directory says that it has once it is not compressed any more.
        package let byteCount: Int
        /// How it is compressed (4.4.5): 0 not at all, 8 by deflate.
        package let method: UInt16
        /// The CRC-32 that the directory gives for it, not compressed.
        package let checksum: UInt32
        /// The type and permissions that Unix gave it, where the archive was made on one (4.4.2, 4.4.15).
        package let unixMode: UInt16?
    }

    package let entries: [String: Entry]
    private let bytes: Data
    private let file: String

    /// Reads the directory of an archive that takes up the whole file.
    ///
    /// - Parameter methods: how entries may be compressed; an entry with another method is refused.
    package init(_ bytes: Data, file: String, methods: Set<UInt16> = [0]) throws {
        var reader = ZipDirectoryReader(bytes, file: file, methods: methods)
        entries = try reader.entries()
        self.bytes = bytes
        self.file = file
    }

    /// The bytes of an entry as they stand in the file, whose checksum is not looked at.
    package func bytes(of entry: Entry) -> Data {
        bytes[entry.range]
    }

    /// The bytes of an entry, which must have the checksum that the directory gives.
    func verifiedBytes(of entry: Entry) throws -> Data {
        let contents = bytes(of: entry)
        let found = CRC32.of(contents)
        guard found == entry.checksum else {
            throw CheckpointError.zip(
                file: file, .checksum(entry: entry.name, expected: entry.checksum, found: found))
        }
        return contents
    }
}

private struct ZipDirectoryReader {
    private static let endRecordByteCount = 22
    private static let zip64LocatorByteCount = 20
    private static let maximumCommentByteCount = 0xffff

    let bytes: Data
    let file: String
    let methods: Set<UInt16>
    /// The end of each entry's data, the place of its header and its name, in the order of the directory.
    private var extents: [(range: Range<Int>, name: String)] = []

    init(_ bytes: Data, file: String, methods: Set<UInt16>) {
        self.bytes = bytes
        self.file = file
        self.methods = methods
    }

    mutating func entries() throws -> [String: ZipDirectory.Entry] {
        let directory = try directoryRange()
        var cursor = ByteCursor(bytes[directory])
        var entries: [String: ZipDirectory.Entry] = [:]
        while cursor.remaining > 0 {
            let position = cursor.position
            guard let record = CentralRecord(&cursor) else { throw fault(.record(byte: position)) }
            let entry = try entry(of: record, before: directory.lowerBound)
            guard entries.updateValue(entry, forKey: entry.name) == nil else {
                throw fault(.duplicate(entry: entry.name))
            }
        }
        try checkNoOverlap()
        return entries
    }

    private mutating func entry(of record: CentralRecord, before limit: Int) throws -> ZipDirectory.Entry {
        guard let name = record.name else { throw fault(.nameNotText(byte: record.position)) }
        if record.isEncrypted { throw fault(.encrypted(entry: name)) }
        guard methods.contains(record.method), record.method != 0 || record.compressedByteCount == record.byteCount
        else {
            throw fault(.compressed(entry: name, method: Int(record.method)))
        }
        let start = try dataStart(of: record, name: name, before: limit)
        guard let count = Int(exactly: record.compressedByteCount), count <= limit - start,
            let byteCount = Int(exactly: record.byteCount)
        else {
            throw fault(
                .outside(entry: name, start: UInt64(start), byteCount: record.compressedByteCount, limit: limit))
        }
        extents.append((Int(record.headerOffset)..<(start + count), name))
        return ZipDirectory.Entry(
            name: name, range: start..<(start + count), byteCount: byteCount, method: record.method,
            checksum: record.checksum, unixMode: record.unixMode)
    }

    /// Skips the local header (4.3.7), which must belong to the same entry; its sizes may be 0 and are not read.
    private func dataStart(of record: CentralRecord, name: String, before limit: Int) throws -> Int {
        guard let offset = Int(exactly: record.headerOffset), offset < limit else {
            throw fault(
                .outside(entry: name, start: record.headerOffset, byteCount: record.byteCount, limit: limit))
        }
        var cursor = ByteCursor(bytes[offset..<limit])
        guard let header = cursor.take(30), header.littleEndian(at: 0) == UInt32(0x0403_4b50),
            cursor.take(Int(header.littleEndian(at: 26, as: UInt16.self))) == Data(name.utf8),
            cursor.take(Int(header.littleEndian(at: 28, as: UInt16.self))) != nil
        else { throw fault(.localHeader(entry: name, byte: offset)) }
        return cursor.position
    }

    private func checkNoOverlap() throws {
        let sorted = extents.sorted { ($0.range.lowerBound, $0.name) < ($1.range.lowerBound, $1.name) }
        for (entry, next) in zip(sorted, sorted.dropFirst()) where next.range.lowerBound < entry.range.upperBound {
            throw fault(.overlap(entry: next.name, other: entry.name))
        }
    }

    private func fault(_ fault: CheckpointError.ZipFault) -> CheckpointError {
        .zip(file: file, fault)
    }
}

// The end of the archive, where the directory's place is written.
extension ZipDirectoryReader {
    private func directoryRange() throws -> Range<Int> {
        let end = try endRecordOffset()
        let record = bytes[end...]
        var byteCount = UInt64(record.littleEndian(at: 12, as: UInt32.self))
        var offset = UInt64(record.littleEndian(at: 16, as: UInt32.self))
        var limit = end
        if let zip64 = zip64EndRecord(before: end) {
            byteCount = zip64.record.littleEndian(at: 40)
            offset = zip64.record.littleEndian(at: 48)
            limit = zip64.offset
        }
        guard offset <= limit, byteCount <= UInt64(limit) - offset else {
            throw fault(.directoryOutside(start: offset, byteCount: byteCount, limit: limit))
        }
        return Int(offset)..<Int(offset + byteCount)
    }

    /// The offset of the end of central directory record (4.3.16), the last that a comment to the file's end follows.
    private func endRecordOffset() throws -> Int {
        let last = bytes.count - Self.endRecordByteCount
        let first = max(0, last - Self.maximumCommentByteCount)
        let offset = stride(from: last, through: first, by: -1).first { offset in
            bytes[offset] == UInt8(ascii: "P") && isEndRecord(at: offset)
        }
        guard let offset else { throw fault(.noDirectory) }
        return offset
    }

    private func isEndRecord(at offset: Int) -> Bool {
        let record = bytes[offset...]
        return record.littleEndian(at: 0) == UInt32(0x0605_4b50)
            && Int(record.littleEndian(at: 20, as: UInt16.self)) == record.count - Self.endRecordByteCount
    }

    /// The zip64 end of central directory record (4.3.14), found by its locator (4.3.15), which stands right before
    /// the ordinary record; `torch.save` always writes both.
    private func zip64EndRecord(before end: Int) -> (offset: Int, record: Data)? {
        guard end >= Self.zip64LocatorByteCount else { return nil }
        let locator = bytes[(end - Self.zip64LocatorByteCount)..<end]
        guard locator.littleEndian(at: 0) == UInt32(0x0706_4b50),
            let offset = Int(exactly: locator.littleEndian(at: 8, as: UInt64.self)), offset < locator.startIndex
        else { return nil }
        var cursor = ByteCursor(bytes[offset..<locator.startIndex])
        guard let record = cursor.take(56), record.littleEndian(at: 0) == UInt32(0x0606_4b50) else { return nil }
        return (offset, record)
    }
}

/// One central directory header (4.3.12) with its zip64 extended information (4.5.3) applied.
private struct CentralRecord {
    let position: Int
    let name: String?
    let isEncrypted: Bool
    let method: UInt16
    let checksum: UInt32
    let unixMode: UInt16?
    private(set) var byteCount: UInt64
    private(set) var compressedByteCount: UInt64
    private(set) var headerOffset: UInt64

    /// Nil where no whole record stands at the cursor.
    init?(_ cursor: inout ByteCursor) {
        position = cursor.position
        guard let fixed = cursor.take(46), fixed.littleEndian(at: 0) == UInt32(0x0201_4b50),
            let nameBytes = cursor.take(Int(fixed.littleEndian(at: 28, as: UInt16.self))),
            let extra = cursor.take(Int(fixed.littleEndian(at: 30, as: UInt16.self))),
            cursor.take(Int(fixed.littleEndian(at: 32, as: UInt16.self))) != nil
        else { return nil }
        name = String(validating: nameBytes, as: UTF8.self)
        isEncrypted = fixed.littleEndian(at: 8, as: UInt16.self) & 1 == 1
        method = fixed.littleEndian(at: 10)
        checksum = fixed.littleEndian(at: 16)
        let attributes = fixed.littleEndian(at: 38, as: UInt32.self)
        unixMode = fixed.littleEndian(at: 5, as: UInt8.self) == 3 ? UInt16(attributes >> 16) : nil
        compressedByteCount = UInt64(fixed.littleEndian(at: 20, as: UInt32.self))
        byteCount = UInt64(fixed.littleEndian(at: 24, as: UInt32.self))
        headerOffset = UInt64(fixed.littleEndian(at: 42, as: UInt32.self))
        guard applyZip64(extra) else { return nil }
    }

    /// Replaces each field that holds all ones by its 64-bit value, in this order; false where one is missing.
    private mutating func applyZip64(_ extra: Data) -> Bool {
        var cursor = Self.zip64Field(of: extra)
        for field in [\CentralRecord.byteCount, \.compressedByteCount, \.headerOffset]
        where self[keyPath: field] == 0xffff_ffff {
            guard let value = cursor.integer(UInt64.self) else { return false }
            self[keyPath: field] = value
        }
        return true
    }

    private static func zip64Field(of extra: Data) -> ByteCursor {
        var cursor = ByteCursor(extra)
        while let kind = cursor.integer(UInt16.self), let count = cursor.integer(UInt16.self),
            let field = cursor.take(Int(count))
        {
            if kind == 1 { return ByteCursor(field) }
        }
        return ByteCursor(Data())
    }
}
