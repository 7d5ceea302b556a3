import Foundation

/// The tensors of one checkpoint file.
///
/// The file is mapped into memory and checked fully when it is opened: safetensors, and PyTorch's `.bin` in the zip
/// form and in the older one, told apart by content. Tensor data is read when it is asked for, so the file must not
/// be shortened while a view of it is in use. Of a zip archive, every checksum is verified.
public struct Checkpoint: Sendable {
    /// The file that was read.
    public let file: URL
    /// The strings of a safetensors file's `__metadata__`; empty for other formats.
    public let metadata: [String: String]
    /// The tensors by name.
    public let tensors: [String: TensorView]

    /// Reads a checkpoint, whatever its name, and throws a ``CheckpointError`` where it is absent or damaged.
    public init(contentsOf file: URL) throws {
        try self.init(Self.mapped(file), file: file)
    }

    init(_ bytes: Data, file: URL) throws {
        let place = file.relativePath
        self.file = file
        switch try CheckpointFormat(of: bytes, file: place) {
        case .safetensors:
            let header = try SafetensorsHeader(bytes, file: place)
            metadata = header.metadata
            tensors = header.views(of: bytes, file: place)
        case .torchZip:
            metadata = [:]
            tensors = try TorchZip.tensors(in: bytes, file: place)
        case .torchLegacy:
            metadata = [:]
            tensors = try TorchLegacy.tensors(in: bytes, file: place)
        }
    }

    /// The `__metadata__` strings of a safetensors file, without touching its tensors; empty for other formats.
    ///
    /// The whole header is checked as when the checkpoint is opened.
    public static func metadata(of file: URL) throws -> [String: String] {
        let bytes = try mapped(file)
        let place = file.relativePath
        guard try CheckpointFormat(of: bytes, file: place) == .safetensors else { return [:] }
        return try SafetensorsHeader(bytes, file: place).metadata
    }

    /// The weights of a checkpoint directory as the Hugging Face hub lays it out.
    ///
    /// `model.safetensors` where it is present, else `pytorch_model.bin`. Throws `CheckpointError.noWeights` where
    /// both are absent, and `CheckpointError.sharded` where only the index of a sharded checkpoint stands there.
    public static func weightsFile(in directory: URL) throws -> URL {
        let files = ["model.safetensors", "pytorch_model.bin"].map { directory.appendingPathComponent($0) }
        if let file = files.first(where: isPresent) { return file }
        let indexes = files.map { $0.appendingPathExtension("index.json") }
        if let index = indexes.first(where: isPresent) { throw CheckpointError.sharded(file: index.relativePath) }
        throw CheckpointError.noWeights(directory: directory.relativePath)
    }

    private static func isPresent(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path)
    }

    private static func mapped(_ file: URL) throws -> Data {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory) else {
            throw CheckpointError.absent(file: file.relativePath)
        }
        if isDirectory.boolValue {
            throw CheckpointError.unreadable(file: file.relativePath, reason: "it is a directory")
        }
        do {
            return try RegularFile.mapped(file)
        } catch is RegularFile.Fault {
            throw CheckpointError.unreadable(file: file.relativePath, reason: "it is a pipe or a device")
        } catch {
            throw CheckpointError.unreadable(file: file.relativePath, reason: reason(of: error))
        }
    }
}
