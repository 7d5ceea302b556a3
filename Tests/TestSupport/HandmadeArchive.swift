import Foundation

@testable import Checkpoints

/// A zip archive whose records may say what is not so.
package struct HandmadeArchive {
    /// One entry, with what its central directory header says where that is not the truth.
    package struct Entry {
        package var name: Data
        package var bytes: Data
        package var localName: Data?
        package var flags: UInt16 = 0
        package var method: UInt16 = 0
        package var checksum: UInt32?
        package var byteCount: UInt32?
        package var headerOffset: UInt32?
        package var extra = Data()

        package init(_ name: String, _ bytes: Data) {
            self.name = Data(name.utf8)
            self.bytes = bytes
        }

        package var localHeader: Data {
            let name = localName ?? name
            var header = Data()
            header.append(littleEndian: UInt32(0x0403_4b50))
            header += Data(count: 22)
            header.append(littleEndian: UInt16(name.count))
            header.append(littleEndian: UInt16(0))
            return header + name
        }

        package func centralHeader(at offset: Int) -> Data {
            var header = Data()
            header.append(littleEndian: UInt32(0x0201_4b50))
            header += Data(count: 4)
            header.append(littleEndian: flags)
            header.append(littleEndian: method)
            header += Data(count: 4)
            header.append(littleEndian: checksum ?? CRC32.of(bytes))
            header.append(littleEndian: byteCount ?? UInt32(bytes.count))
            header.append(littleEndian: byteCount ?? UInt32(bytes.count))
            header.append(littleEndian: UInt16(name.count))
            header.append(littleEndian: UInt16(extra.count))
            header += Data(count: 10)
            header.append(littleEndian: headerOffset ?? UInt32(offset))
            return header + name + extra
        }
    }

    package var entries: [Entry]
    /// Whether the directory's place stands only in the zip64 record.
    package var isZip64: Bool
    /// Where the end record says that the directory begins, if not where it does.
    package var directoryOffset: UInt32?

    package init(entries: [Entry], isZip64: Bool = false, directoryOffset: UInt32? = nil) {
        self.entries = entries
        self.isZip64 = isZip64
        self.directoryOffset = directoryOffset
    }

    /// The archive of a checkpoint: its pickle and its storages by key.
    package static func ofCheckpoint(_ pickle: Data, storages: [String: Data] = [:]) -> HandmadeArchive {
        let data = storages.sorted { $0.key < $1.key }.map { Entry("m/data/\($0.key)", $0.value) }
        return HandmadeArchive(entries: [Entry("m/data.pkl", pickle)] + data)
    }

    package var bytes: Data {
        var archive = Data()
        var directory = Data()
        for entry in entries {
            directory += entry.centralHeader(at: archive.count)
            archive += entry.localHeader + entry.bytes
        }
        let offset = archive.count
        archive += directory
        if isZip64 { archive += zip64Records(directoryByteCount: directory.count, at: offset) }
        return archive + endRecord(directoryByteCount: directory.count, at: offset)
    }

    private func zip64Records(directoryByteCount: Int, at offset: Int) -> Data {
        var records = Data()
        records.append(littleEndian: UInt32(0x0606_4b50))
        records.append(littleEndian: UInt64(44))
        records += Data(count: 28)
        records.append(littleEndian: UInt64(directoryByteCount))
        records.append(littleEndian: UInt64(offset))
        records.append(littleEndian: UInt32(0x0706_4b50))
        records += Data(count: 4)
        records.append(littleEndian: UInt64(offset + directoryByteCount))
        records.append(littleEndian: UInt32(1))
        return records
    }

    private func endRecord(directoryByteCount: Int, at offset: Int) -> Data {
        var record = Data()
        record.append(littleEndian: UInt32(0x0605_4b50))
        record += Data(count: 4)
        record.append(littleEndian: UInt16(entries.count))
        record.append(littleEndian: UInt16(entries.count))
        record.append(littleEndian: isZip64 ? 0xffff_ffff : UInt32(directoryByteCount))
        record.append(littleEndian: isZip64 ? 0xffff_ffff : directoryOffset ?? UInt32(offset))
        record.append(littleEndian: UInt16(0))
        return record
    }
}
