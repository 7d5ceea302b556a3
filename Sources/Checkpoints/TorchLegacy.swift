import Foundation

/// The form of `torch.save` before the zip form: five pickles (a magic number, a protocol version, facts about the
/// writer's machine, the state dictionary, the list of its storages' keys), then each storage in the list's order, as
/// an int64 count of elements and the elements.
///
/// Follows `_legacy_load` of PyTorch 2.13's `torch/serialization.py`, whose older tar form is not read.
enum TorchLegacy {
    /// The first pickle after its PROTO: LONG1 0x1950A86A20F9469CFC6C, STOP.
    static let magicNumber: [UInt8] = [
        0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
    ]
    private static let protocolVersion = 1001

    /// The tensors of the file that `bytes`, which begin with the magic number, hold, by name.
    static func tensors(in bytes: Data, file: String) throws -> [String: TensorView] {
        var position = 2 + magicNumber.count
        func nextPickle() throws -> PickledObject {
            let object = try PickleMachine.unpickle(bytes[position...], file: file)
            position = object.end
            return object
        }
        try checkProtocol(nextPickle().value, file: file)
        try checkByteOrder(nextPickle(), file: file)
        let object = try nextPickle()
        let state = try StateDictionary(object, file: file)
        let keys = try storageKeys(nextPickle(), file: file)

        let storages = try storageBytes(keys, of: object.storages, from: bytes[position...], file: file)
        return try state.views { storage in
            guard let bytes = storages[storage.key] else {
                throw CheckpointError.storage(file: file, key: storage.key, .missing)
            }
            return bytes
        }
    }

    private static func checkProtocol(_ version: PickleValue, file: String) throws {
        if case .integer(protocolVersion) = version { return }
        let found = if case .integer(let number) = version { "\(number)" } else { version.kind }
        throw CheckpointError.legacy(file: file, .protocolVersion(found: found, expected: protocolVersion))
    }

    private static func checkByteOrder(_ system: PickledObject, file: String) throws {
        guard let facts = system.dictionary else {
            throw CheckpointError.legacy(file: file, .systemFacts(found: system.value.kind))
        }
        for case (.text("little_endian"), .boolean(false)) in facts {
            throw CheckpointError.legacy(file: file, .bigEndian)
        }
    }

    private static func storageKeys(_ keys: PickledObject, file: String) throws -> [String] {
        guard let items = keys.list else {
            throw CheckpointError.legacy(file: file, .storageKeys(found: keys.value.kind))
        }
        return try items.map { item in
            guard case .text(let key) = item else {
                throw CheckpointError.legacy(file: file, .storageKeys(found: "a list that holds \(item.kind)"))
            }
            return key
        }
    }

    private static func storageBytes(
        _ keys: [String], of storages: [String: PickledStorage], from bytes: Data, file: String
    ) throws -> [String: Data] {
        var cursor = ByteCursor(bytes)
        var result: [String: Data] = [:]
        for key in keys {
            guard let storage = storages[key], result[key] == nil else {
                throw CheckpointError.storage(file: file, key: key, .unexpected)
            }
            result[key] = try self.bytes(of: storage, from: &cursor, file: file)
        }
        guard cursor.remaining == 0 else {
            throw CheckpointError.legacy(file: file, .leftOver(byteCount: cursor.remaining))
        }
        return result
    }

    private static func bytes(of storage: PickledStorage, from cursor: inout ByteCursor, file: String) throws -> Data {
        func fault(_ fault: CheckpointError.StorageFault) -> CheckpointError {
            .storage(file: file, key: storage.key, fault)
        }
        guard let count = cursor.integer(Int64.self) else { throw fault(.count(declared: storage.count, found: nil)) }
        guard count == storage.count else { throw fault(.count(declared: storage.count, found: count)) }
        guard let byteCount = storage.byteCount, let bytes = cursor.take(byteCount) else {
            throw fault(.byteCount(type: storage.type, count: storage.count, found: cursor.remaining))
        }
        return bytes
    }
}
