import Foundation

/// The file formats of checkpoints, told apart by their first bytes and never by a file's name.
enum CheckpointFormat: Equatable {
    case safetensors
    /// What `torch.save` writes since PyTorch 1.6.
    case torchZip
    /// What `torch.save` wrote before, and still writes with `_use_new_zipfile_serialization=False`.
    case torchLegacy

    /// Throws a ``CheckpointError`` that says what the file is instead, as far as its first bytes tell.
    init(of bytes: Data, file: String) throws {
        if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) || bytes.starts(with: Array("PK\u{5}\u{6}".utf8)) {
            self = .torchZip
        } else if Self.beginsWithTorchMagic(bytes) {
            self = .torchLegacy
        } else if Self.isPlausibleSafetensors(bytes) {
            self = .safetensors
        } else {
            throw Self.refusal(of: bytes, file: file)
        }
    }

    private static func beginsWithTorchMagic(_ bytes: Data) -> Bool {
        let (proto, version) = (bytes.first, bytes.dropFirst().first)
        return proto == PickleOpcode.proto.rawValue && version != nil
            && bytes.dropFirst(2).starts(with: TorchLegacy.magicNumber)
    }

    /// A header length that leaves room for the header, or the brace that every header begins with.
    private static func isPlausibleSafetensors(_ bytes: Data) -> Bool {
        guard bytes.count > SafetensorsHeader.lengthByteCount else { return false }
        let length: UInt64 = bytes.littleEndian(at: 0)
        let beginsWithBrace = bytes[SafetensorsHeader.lengthByteCount] == UInt8(ascii: "{")
        return beginsWithBrace || (length > 0 && length <= bytes.count - SafetensorsHeader.lengthByteCount)
    }

    private static func refusal(of bytes: Data, file: String) -> CheckpointError {
        let start = bytes.prefix(4096)
        if start.starts(with: Array("version https://git-lfs".utf8)) { return .gitPointer(file: file) }
        if start.first == UInt8(ascii: "{"), start.range(of: Data("\"weight_map\"".utf8)) != nil {
            return .sharded(file: file)
        }
        return .unknownFormat(file: file, start: Array(bytes.prefix(8)), byteCount: bytes.count)
    }
}
