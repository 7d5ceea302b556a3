import Foundation

/// A zip archive of uncompressed entries that is to be written, the counterpart of ``ZipDirectory``.
///
/// Every entry has the earliest time the format knows, so that equal contents give equal bytes. An entry's bytes are made
/// while they are written and never held together. Section numbers are those of PKWARE's APPNOTE.TXT 6.3.10.
struct StoredZip {
    /// Hands the bytes of an entry to `write`, piece by piece.
    typealias Pieces = (_ write: (Data) throws -> Void) throws -> Void

    private struct Entry {
        let name: Data
        let byteCount: Int
        let pieces: Pieces
        var hasPlainName: Bool { name.allSatisfy { $0 < 0x80 } }
    }

    private static let localHeaderByteCount = 30
    /// Where the checksum stands in the local header.
    private static let checksumOffset = 14
    private static let centralHeaderByteCount = 46
    private static let endRecordByteCount = 22

    private var entries: [Entry] = []

    /// The length of the whole archive.
    var byteCount: Int {
        let headers = Self.localHeaderByteCount + Self.centralHeaderByteCount
        return entries.reduce(Self.endRecordByteCount) { $0 + headers + 2 * $1.name.count + $1.byteCount }
    }

    /// Adds an entry of so many bytes, which `pieces` makes when the archive is written.
    mutating func add(_ name: String, byteCount: Int, _ pieces: @escaping Pieces) {
        entries.append(Entry(name: Data(name.utf8), byteCount: byteCount, pieces: pieces))
    }

    /// Writes the archive, which must be under 4 GiB and have fewer than 65535 entries.
    func write(to sink: FileSink) throws {
        var directory = Data()
        var offset = 0
        for entry in entries {
            let checksum = try write(entry, at: offset, to: sink)
            directory += centralHeader(of: entry, checksum: checksum, at: offset)
            offset += Self.localHeaderByteCount + entry.name.count + entry.byteCount
        }
        try sink.write(directory)
        try sink.write(endRecord(directoryByteCount: directory.count, at: offset))
    }

    /// Writes an entry and returns its checksum, which is known, and put into the header before it, only at its end.
    private func write(_ entry: Entry, at offset: Int, to sink: FileSink) throws -> UInt32 {
        try sink.write(localHeader(of: entry))
        var checksum = CRC32()
        var byteCount = 0
        try entry.pieces { piece in
            checksum.update(piece)
            byteCount += piece.count
            try sink.write(piece)
        }
        precondition(
            byteCount == entry.byteCount,
            "StoredZip: \(entry.byteCount) bytes expected for '\(String(decoding: entry.name, as: UTF8.self))', "
                + "found \(byteCount)")
        var bytes = Data()
        bytes.append(littleEndian: checksum.value)
        try sink.overwrite(bytes, at: offset + Self.checksumOffset)
        return checksum.value
    }

    /// The local file header (4.3.7), as yet without the checksum.
    private func localHeader(of entry: Entry) -> Data {
        var header = Data()
        header.append(littleEndian: UInt32(0x0403_4b50))
        header += commonFields(of: entry, checksum: 0)
        return header + entry.name
    }

    /// The central directory header (4.3.12).
    private func centralHeader(of entry: Entry, checksum: UInt32, at offset: Int) -> Data {
        var header = Data()
        header.append(littleEndian: UInt32(0x0201_4b50))
        header.append(littleEndian: UInt16(20))  // made by version 2.0
        header += commonFields(of: entry, checksum: checksum)
        header += Data(count: 10)  // no comment, first disk, no attributes
        header.append(littleEndian: UInt32(offset))
        return header + entry.name
    }

    /// What both headers of an entry hold, from "version needed" to "extra field length".
    private func commonFields(of entry: Entry, checksum: UInt32) -> Data {
        var fields = Data()
        fields.append(littleEndian: UInt16(20))  // version needed: 2.0
        fields.append(littleEndian: UInt16(entry.hasPlainName ? 0 : 0x0800))  // whether the name is UTF-8
        fields.append(littleEndian: UInt16(0))  // stored
        fields.append(littleEndian: UInt16(0))  // 00:00:00
        fields.append(littleEndian: UInt16(0x0021))  // 1 January 1980
        fields.append(littleEndian: checksum)
        fields.append(littleEndian: UInt32(entry.byteCount))
        fields.append(littleEndian: UInt32(entry.byteCount))
        fields.append(littleEndian: UInt16(entry.name.count))
        fields.append(littleEndian: UInt16(0))  // no extra field
        return fields
    }

    /// The end of central directory record (4.3.16).
    private func endRecord(directoryByteCount: Int, at offset: Int) -> Data {
        precondition(entries.count < 0xffff, "StoredZip: \(entries.count) entries, at most 65534 fit")
        var record = Data()
        record.append(littleEndian: UInt32(0x0605_4b50))
        record.append(littleEndian: UInt32(0))  // this disk and the directory's: the first
        record.append(littleEndian: UInt16(entries.count))
        record.append(littleEndian: UInt16(entries.count))
        record.append(littleEndian: UInt32(directoryByteCount))
        record.append(littleEndian: UInt32(offset))
        record.append(littleEndian: UInt16(0))  // no comment
        return record
    }
}
