import Foundation

/// The zip form of `torch.save`: an archive of `NAME/data.pkl`, a pickle that names storages, and `NAME/data/KEY`, their
/// bytes.
///
/// Follows `_load` of PyTorch 2.13's `torch/serialization.py`. `NAME/byteorder` must say "little" where it is there;
/// files without it, from before PyTorch 2.1, are little-endian.
enum TorchZip {
    /// The longest name of a file on Linux.
    private static let maximumFolderByteCount = 255

    /// The tensors of the archive that `bytes` hold, by name.
    static func tensors(in bytes: Data, file: String) throws -> [String: TensorView] {
        let directory = try ZipDirectory(bytes, file: file)
        let pickle = try pickle(in: directory, file: file)
        let folder = try folder(of: pickle, file: file)
        try checkByteOrder(directory.entries[folder + "byteorder"], in: directory, file: file)
        guard pickle.range.count <= PickleMachine.maximumByteCount else {
            throw CheckpointError.pickle(
                file: file, byte: pickle.range.lowerBound, .tooLong(limit: PickleMachine.maximumByteCount))
        }

        let object = try PickleMachine.unpickle(directory.verifiedBytes(of: pickle), file: file)
        return try StateDictionary(object, file: file).views { storage in
            guard let entry = directory.entries["\(folder)data/\(storage.key)"] else {
                throw CheckpointError.storage(file: file, key: storage.key, .missing)
            }
            guard entry.range.count == storage.byteCount else {
                throw CheckpointError.storage(
                    file: file, key: storage.key,
                    .byteCount(type: storage.type, count: storage.count, found: entry.range.count))
            }
            return try directory.verifiedBytes(of: entry)
        }
    }

    /// The part of the pickle's name that every entry begins with: PyTorch makes it of a file's name.
    private static func folder(of pickle: ZipDirectory.Entry, file: String) throws -> String {
        let folder = String(pickle.name.dropLast("data.pkl".count))
        let byteCount = folder.utf8.count - 1
        guard byteCount <= maximumFolderByteCount else {
            throw CheckpointError.zip(
                file: file, .folderName(byteCount: byteCount, limit: maximumFolderByteCount))
        }
        return folder
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
