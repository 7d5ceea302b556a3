import Foundation

/// A zip archive of uncompressed entries that is to be written, the counterpart of ``ZipDirectory``.
///
/// Every entry has the earliest time the format knows, so that equal contents give equal bytes. Section numbers are
/// those of PKWARE's APPNOTE.TXT 6.3.10.
struct StoredZip {
    private struct Entry {
        let name: Data
        let parts: [Data]
        let checksum: UInt32
        var byteCount: Int { parts.reduce(0) { $0 + $1.count } }
        var hasPlainName: Bool { name.allSatisfy { $0 < 0x80 } }
    }

    private static let localHeaderByteCount = 30
    private static let centralHeaderByteCount = 46
    private static let endRecordByteCount = 22

    private var entries: [Entry] = []

    /// The length of the whole archive.
    var byteCount: Int {
        let headers = Self.localHeaderByteCount + Self.centralHeaderByteCount
        return entries.reduce(Self.endRecordByteCount) { $0 + headers + 2 * $1.name.count + $1.byteCount }
    }

    /// Adds an entry whose bytes are the parts one after another.
    mutating func add(_ name: String, _ parts: [Data]) {
        var checksum = CRC32()
        for part in parts { checksum.update(part) }
        entries.append(Entry(name: Data(name.utf8), parts: parts, checksum: checksum.value))
    }

    /// Writes the archive, which must be under 4 GiB and have fewer than 65535 entries.
    func write(to sink: FileSink) throws {
        var directory = Data()
        var offset = 0
        for entry in entries {
            directory += centralHeader(of: entry, at: offset)
            let header = localHeader(of: entry)
            try sink.write(header)
            for part in entry.parts { try sink.write(part) }
            offset += header.count + entry.byteCount
        }
        try sink.write(directory)
        try sink.write(endRecord(directoryByteCount: directory.count, at: offset))
    }

    /// The local file header (4.3.7).
    private func localHeader(of entry: Entry) -> Data {
        var header = Data()
        header.append(littleEndian: UInt32(0x0403_4b50))
        header += commonFields(of: entry)
        return header + entry.name
    }

    /// The central directory header (4.3.12).
    private func centralHeader(of entry: Entry, at offset: Int) -> Data {
        var header = Data()
        header.append(littleEndian: UInt32(0x0201_4b50))
        header.append(littleEndian: UInt16(20))  // made by version 2.0
        header += commonFields(of: entry)
        header += Data(count: 10)  // no comment, first disk, no attributes
        header.append(littleEndian: UInt32(offset))
        return header + entry.name
    }

    /// What both headers of an entry hold, from "version needed" to "extra field length".
    private func commonFields(of entry: Entry) -> Data {
        var fields = Data()
        fields.append(littleEndian: UInt16(20))  // version needed: 2.0
        fields.append(littleEndian: UInt16(entry.hasPlainName ? 0 : 0x0800))  // whether the name is UTF-8
        fields.append(littleEndian: UInt16(0))  // stored
        fields.append(littleEndian: UInt16(0))  // 00:00:00
        fields.append(littleEndian: UInt16(0x0021))  // 1 January 1980
        fields.append(littleEndian: entry.checksum)
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
