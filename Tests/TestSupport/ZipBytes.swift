import Foundation

/// A zip archive whose records may say what is not so.
public struct ZipBytes: Sendable {
    /// One entry.
    public struct Entry: Sendable {
        /// Its name in both headers.
        public var name: String
        /// Its bytes as they stand in the archive.
        public var stored: Data
        /// 0 for bytes that are stored, 8 for those that are deflated.
        public var method: UInt16 = 0
        /// What the directory says of the bytes once they are inflated.
        public var byteCount: Int
        /// The CRC-32 of those.
        public var checksum: UInt32
        /// Type and permissions on Unix; nil for an archive made elsewhere.
        public var unixMode: UInt16?
        /// Bit 0 says that it is encrypted.
        public var flags: UInt16 = 0

        /// An entry that is stored.
        public init(_ name: String, _ bytes: Data = Data()) {
            (self.name, stored, byteCount, checksum) = (name, bytes, bytes.count, crc32(bytes))
        }

        /// An entry that has been deflated already.
        public init(_ name: String, _ bytes: Data, deflated: Data) {
            self.init(name, bytes)
            (stored, method) = (deflated, 8)
        }

        fileprivate func common() -> Data {
            var fields = Data()
            fields += number(UInt16(20)) + number(flags) + number(method) + Data(count: 4) + number(checksum)
            fields += number(UInt32(truncatingIfNeeded: stored.count)) + number(UInt32(truncatingIfNeeded: byteCount))
            return fields + number(UInt16(name.utf8.count)) + number(UInt16(0))
        }
    }

    /// In the order in which they stand.
    public var entries: [Entry]

    /// Gathers entries.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// The whole archive.
    public var bytes: Data {
        var (archive, directory) = (Data(), Data())
        for entry in entries {
            directory += number(UInt32(0x0201_4b50)) + number(UInt16(entry.unixMode == nil ? 20 : 3 << 8 | 20))
            directory += entry.common() + Data(count: 6)
            directory += number(UInt32(entry.unixMode ?? 0) << 16) + number(UInt32(archive.count))
            directory += Data(entry.name.utf8)
            archive += number(UInt32(0x0403_4b50)) + entry.common() + Data(entry.name.utf8) + entry.stored
        }
        let end =
            number(UInt32(0x0605_4b50)) + Data(count: 4) + number(UInt16(entries.count)) + number(UInt16(entries.count))
            + number(UInt32(directory.count)) + number(UInt32(archive.count)) + number(UInt16(0))
        return archive + directory + end
    }
}

private func number<Number: FixedWidthInteger>(_ value: Number) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
}

/// Bit by bit, as the polynomial says.
private func crc32(_ bytes: Data) -> UInt32 {
    ~bytes.reduce(0xffff_ffff as UInt32) { state, byte in
        (0..<8).reduce(state ^ UInt32(byte)) { state, _ in state & 1 == 1 ? 0xedb8_8320 ^ (state >> 1) : state >> 1 }
    }
}
