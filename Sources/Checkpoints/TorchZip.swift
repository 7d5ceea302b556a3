import Foundation

/// The zip form of `torch.save`: an archive of `NAME/data.pkl`, a pickle that names storages, and `NAME/data/KEY`, their
/// bytes.
///
/// Follows `_load` of PyTorch 2.13's `torch/serialization.py`. `NAME/byteorder` must say "little" where it is there;
/// files without it, from before PyTorch 2.1, are little-endian.
enum TorchZip {
    /// The tensors of the archive that `bytes` hold, by name.
    static func tensors(in bytes: Data, file: String) throws -> [String: TensorView] {
        let directory = try ZipDirectory(bytes, file: file)
        let pickle = try pickle(in: directory, file: file)
        let folder = String(pickle.name.dropLast("data.pkl".count))
        try checkByteOrder(directory.entries[folder + "byteorder"], in: directory, file: file)

        let object = try PickleMachine.unpickle(directory.verifiedBytes(of: pickle), file: file)
        var verified: Set<String> = []
        return try StateDictionary(object, file: file).views { storage in
            guard let entry = directory.entries["\(folder)data/\(storage.key)"] else {
                throw CheckpointError.storage(file: file, key: storage.key, .missing)
            }
            guard entry.range.count == storage.byteCount else {
                throw CheckpointError.storage(
                    file: file, key: storage.key,
                    .byteCount(type: storage.type, count: storage.count, found: entry.range.count))
            }
            // Many tensors may view one storage, whose bytes are gone through once.
            return verified.insert(entry.name).inserted
                ? try directory.verifiedBytes(of: entry) : directory.bytes(of: entry)
        }
    }

    private static func pickle(in directory: ZipDirectory, file: String) throws -> ZipDirectory.Entry {
        let pickles = directory.entries.values.filter { $0.name.hasSuffix("/data.pkl") }
        guard let pickle = pickles.first else { throw CheckpointError.zip(file: file, .noPickle) }
        guard pickles.count == 1 else {
            throw CheckpointError.zip(file: file, .severalPickles(entries: pickles.map(\.name).sorted()))
        }
        return pickle
    }

    private static func checkByteOrder(
        _ entry: ZipDirectory.Entry?, in directory: ZipDirectory, file: String
    ) throws {
        guard let entry else { return }
        let found = String(decoding: try directory.verifiedBytes(of: entry).prefix(16), as: UTF8.self)
        guard found == "little" else { throw CheckpointError.zip(file: file, .byteOrder(found: found)) }
    }
}
