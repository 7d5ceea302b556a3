import Diagnosis
import Foundation

/// What can be wrong with a checkpoint, or with the place where one is to be written.
public enum CheckpointError: DiagnosableError, Equatable, Sendable {
    /// There is no such file.
    case absent(file: String)
    /// A directory holds none of the weights files that are looked for.
    case noWeights(directory: String)
    /// Only the index of a checkpoint in several files is there, or is what was given.
    case sharded(file: String)
    /// The file is there but cannot be read.
    case unreadable(file: String, reason: String)
    /// The first bytes belong to none of the formats.
    case unknownFormat(file: String, start: [UInt8], byteCount: Int)
    /// Git left the name of a large file in place of its contents.
    case gitPointer(file: String)
    /// A safetensors file is damaged.
    case safetensors(file: String, SafetensorsFault)
    /// The archive around a PyTorch checkpoint is damaged, or not one that PyTorch writes.
    case zip(file: String, ZipFault)
    /// The older form of PyTorch's files is damaged, or from another kind of machine.
    case legacy(file: String, LegacyFault)
    /// A pickle is damaged or asks for what is not allowed; `byte` is the opcode's offset in the file.
    case pickle(file: String, byte: Int, PickleFault)
    /// A pickle is sound but does not hold tensors by name.
    case stateDictionary(file: String, StateDictionaryFault)
    /// The bytes of a PyTorch storage are not those that the pickle says.
    case storage(file: String, key: String, StorageFault)
    /// Floating-point values were asked of a tensor of another type.
    case notFloatingPoint(file: String, tensor: String, type: ElementType)
    /// An output file cannot be made.
    case cannotCreate(file: String, reason: String)
    /// Writing an output file failed halfway.
    case cannotWrite(file: String, reason: String)
    /// A NumPy archive would be larger than the plain zip format allows.
    case archiveTooLarge(file: String, byteCount: Int, limit: Int)

    private static let again = "download the file again and compare its SHA-256 with the published one"
    private static let convert =
        "use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch"

    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .absent, .noWeights, .sharded, .unreadable: ofAnAbsentFile
        case .cannotCreate, .cannotWrite, .archiveTooLarge: ofAnOutput
        case .unknownFormat, .gitPointer, .notFloatingPoint: ofAnUnsuitableFile
        case .safetensors(let file, let fault): fault.diagnosis(in: file)
        case .zip(let file, let fault): fault.diagnosis(in: file)
        case .legacy(let file, let fault): fault.diagnosis(in: file)
        case .pickle(let file, let byte, let fault): fault.diagnosis(in: file, at: byte)
        case .stateDictionary(let file, let fault): fault.diagnosis(in: file)
        case .storage(let file, let key, let fault): fault.diagnosis(in: file, key: key)
        }
    }

    private var ofAnAbsentFile: Diagnosis {
        switch self {
        case .absent(let file):
            Diagnosis(
                "there is no such checkpoint", place: file, remedy: "check the path, or download the file",
                exit: .missingInput)
        case .noWeights(let directory):
            Diagnosis(
                "the directory holds no weights", place: directory,
                expected: "model.safetensors or pytorch_model.bin",
                remedy: "download either file of the checkpoint into this directory", exit: .missingInput)
        case .sharded(let file):
            Diagnosis(
                "checkpoints in several files are not read", place: file, found: "the index of a sharded checkpoint",
                expected: "model.safetensors or pytorch_model.bin in one piece",
                remedy: "save the model again with save_pretrained(…, max_shard_size=\"100GB\")", exit: .badData)
        case .unreadable(let file, let reason):
            Diagnosis(
                "cannot read the checkpoint", place: file, found: reason,
                remedy: "give a file that this user may read", exit: .missingInput)
        default: preconditionFailure("CheckpointError: \(self) is not about an absent file")
        }
    }

    private var ofAnUnsuitableFile: Diagnosis {
        switch self {
        case .unknownFormat(let file, let start, let byteCount):
            Diagnosis(
                "the file is not a checkpoint", place: file,
                found: byteCount == 0 ? "an empty file" : "\(bytes(byteCount)) that begin \(hexadecimal(start))",
                expected: "safetensors, or what torch.save writes (zip or legacy form)", remedy: Self.again,
                exit: .badData)
        case .gitPointer(let file):
            Diagnosis(
                "the file is only Git's pointer to a checkpoint", place: file, found: "a Git LFS pointer",
                expected: "the checkpoint itself", remedy: "run git lfs pull where the file was cloned", exit: .badData)
        case .notFloatingPoint(let file, let tensor, let type):
            Diagnosis(
                "the tensor does not hold floating-point values", place: place(file, tensor: tensor),
                found: type.rawValue, expected: "F32, F16, BF16 or F64",
                remedy: "save the checkpoint again with floating-point weights", exit: .badData)
        default: preconditionFailure("CheckpointError: \(self) is not about an unsuitable file")
        }
    }

    private var ofAnOutput: Diagnosis {
        switch self {
        case .cannotCreate(let file, let reason):
            Diagnosis(
                "cannot create the file", place: file, found: reason,
                remedy: "choose a place in an existing directory that this user may write to", exit: .cannotCreate)
        case .cannotWrite(let file, let reason):
            Diagnosis(
                "cannot write the file", place: file, found: reason,
                remedy: "free space on the disk, or choose another place", exit: .cannotCreate)
        case .archiveTooLarge(let file, let byteCount, let limit):
            Diagnosis(
                "the arrays are too large for one NumPy archive", place: file, found: bytes(byteCount),
                expected: "at most \(bytes(limit))", remedy: "write fewer clips, layers or cells to one file",
                exit: .cannotCreate)
        default: preconditionFailure("CheckpointError: \(self) is not about an output")
        }
    }
}

extension CheckpointError {
    /// The ways in which a safetensors file can contradict itself.
    public enum SafetensorsFault: Equatable, Sendable {
        /// The header is longer than any real one.
        case headerTooLong(byteCount: UInt64)
        /// The header ends after the file does.
        case headerBeyondFile(byteCount: UInt64, available: Int)
        /// The header is not the JSON that it should be; `byte` is an offset in the file.
        case syntax(byte: Int, found: String, expected: String)
        /// A key stands twice in one object.
        case duplicateKey(String)
        /// An element type that does not exist, or that is not read.
        case unknownElementType(tensor: String, name: String)
        /// An entry has a field that the format does not define.
        case unknownField(tensor: String, field: String)
        /// An entry lacks one of its three fields.
        case missingField(tensor: String, field: String)
        /// A size or offset is negative, not whole or too large.
        case number(tensor: String, field: String, text: String)
        /// The shape's product, or its bytes, cannot be counted.
        case extentOverflow(tensor: String, type: ElementType, shape: [Int])
        /// The offsets are not two, not in order, or not as far apart as type and shape need.
        case offsets(tensor: String, type: ElementType, shape: [Int], byteCount: Int, offsets: [Int])
        /// Two tensors share bytes of the data.
        case overlap(tensor: String, other: String, at: Int)
        /// Bytes of the data belong to no tensor.
        case hole(tensor: String, from: Int, to: Int)
        /// The file's data is shorter or longer than the header says.
        case dataLength(declared: Int, found: Int)

        fileprivate func diagnosis(in file: String) -> Diagnosis {
            let facts = self.facts
            return Diagnosis(
                facts.what, place: facts.tensor.map { place(file, tensor: $0) } ?? file, found: facts.found,
                expected: facts.expected, remedy: CheckpointError.again, exit: .badData)
        }

        private var facts: (what: String, tensor: String?, found: String, expected: String?) {
            switch self {
            case .headerTooLong(let byteCount):
                (
                    "the safetensors header is too long", nil, "\(byteCount) bytes",
                    "at most \(bytes(SafetensorsHeader.maximumByteCount))"
                )
            case .headerBeyondFile(let byteCount, let available):
                (
                    "the file ends within its safetensors header", nil, bytes(available),
                    "a header of \(byteCount) bytes"
                )
            case .syntax(let byte, let found, let expected):
                ("the safetensors header is malformed", nil, "\(found) at byte \(byte)", expected)
            case .duplicateKey(let key):
                ("the safetensors header repeats a key", nil, "'\(abridged(key))' twice", "each key once")
            case .unknownElementType(let tensor, let name):
                (
                    "the tensor has an unknown element type", tensor, "'\(abridged(name))'",
                    "one of \(ElementType.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            case .unknownField(let tensor, let field):
                (
                    "the tensor's entry has an unknown field", tensor, "'\(abridged(field))'",
                    "dtype, shape and data_offsets only"
                )
            case .missingField(let tensor, let field):
                ("the tensor's entry is incomplete", tensor, "no '\(field)'", "dtype, shape and data_offsets")
            case .number(let tensor, let field, let text):
                (
                    "the tensor's entry holds an impossible number", tensor, "\(abridged(text)) in '\(field)'",
                    "whole numbers from 0 to \(Int.max)"
                )
            case .extentOverflow(let tensor, let type, let shape):
                (
                    "the tensor is too large to count its bytes", tensor, "\(type.rawValue) \(abridged(shape))",
                    "at most \(bytes(Int.max))"
                )
            case .offsets(let tensor, let type, let shape, let byteCount, let offsets):
                (
                    "the tensor's offsets do not fit its type and shape", tensor, "data_offsets \(abridged(offsets))",
                    "\(bytes(byteCount)) for \(type.rawValue) \(abridged(shape))"
                )
            case .overlap(let tensor, let other, let start):
                (
                    "two tensors share bytes", tensor,
                    "a beginning at byte \(start) of the data, within '\(abridged(other))'",
                    "tensors one after another"
                )
            case .hole(let tensor, let start, let end):
                (
                    "bytes belong to no tensor", tensor, "a gap from byte \(start) to \(end) of the data before it",
                    "tensors one after another"
                )
            case .dataLength(let declared, let found):
                (
                    "the data is not as long as the safetensors header says", nil, bytes(found),
                    "\(bytes(declared)) after the header"
                )
            }
        }
    }
}

extension CheckpointError {
    /// The ways in which an archive can be damaged, or differ from those that PyTorch writes.
    public enum ZipFault: Equatable, Sendable {
        /// The record that ends every archive is missing.
        case noDirectory
        /// The directory lies outside the part of the file that can hold it.
        case directoryOutside(start: UInt64, byteCount: UInt64, limit: Int)
        /// No whole record of the directory stands at this offset in the file.
        case record(byte: Int)
        /// An entry's name is not UTF-8.
        case nameNotText(byte: Int)
        /// An entry is encrypted.
        case encrypted(entry: String)
        /// An entry is compressed, or its two sizes differ.
        case compressed(entry: String, method: Int)
        /// An entry does not end before the directory.
        case outside(entry: String, start: UInt64, byteCount: UInt64, limit: Int)
        /// The header before an entry's data is missing or another entry's.
        case localHeader(entry: String, byte: Int)
        /// Two entries have one name.
        case duplicate(entry: String)
        /// Two entries share bytes of the file.
        case overlap(entry: String, other: String)
        /// An entry's bytes are not those that were written.
        case checksum(entry: String, expected: UInt32, found: UInt32)
        /// The archive is not PyTorch's.
        case noPickle
        /// The archive holds more than one checkpoint.
        case severalPickles(entries: [String])
        /// The folder that all entries lie in has a longer name than a file can have.
        case folderName(byteCount: Int, limit: Int)
        /// The numbers are stored in another order than here.
        case byteOrder(found: String)

        fileprivate func diagnosis(in file: String) -> Diagnosis {
            let facts = self.facts
            return Diagnosis(
                facts.what, place: facts.entry.map { "\(file), entry '\(abridged($0))'" } ?? file, found: facts.found,
                expected: facts.expected,
                remedy: isDamage ? CheckpointError.again : CheckpointError.convert, exit: .badData)
        }

        /// Whether a faithful copy of the file could be sound.
        private var isDamage: Bool {
            switch self {
            case .encrypted, .compressed, .noPickle, .severalPickles, .folderName, .byteOrder: false
            default: true
            }
        }

        private var facts: (what: String, entry: String?, found: String, expected: String?) {
            switch self {
            case .noDirectory:
                (
                    "the archive is cut off or damaged", nil, "no end of central directory record",
                    "one within the last 65557 bytes of the file"
                )
            case .directoryOutside(let start, let byteCount, let limit):
                (
                    "the archive's directory lies outside the file", nil, "\(byteCount) bytes at byte \(start)",
                    "an end at byte \(limit) or before"
                )
            case .record(let byte):
                (
                    "the archive's directory is damaged", nil, "no whole record at byte \(byte)",
                    "a central directory header"
                )
            case .nameNotText(let byte):
                (
                    "the archive's directory is damaged", nil, "a name that is not UTF-8 in the record at byte \(byte)",
                    "names in UTF-8"
                )
            case .encrypted(let entry):
                ("the archive is encrypted", entry, "an encrypted entry", "plain entries, as torch.save writes them")
            case .compressed(let entry, let method):
                (
                    "the archive is compressed", entry, "compression method \(method)",
                    "stored entries, as torch.save writes them"
                )
            case .outside(let entry, let start, let byteCount, let limit):
                (
                    "the archive's entry lies outside its data", entry, "\(byteCount) bytes at byte \(start)",
                    "an end at byte \(limit) or before, where the directory begins"
                )
            case .localHeader(let entry, let byte):
                (
                    "the archive's entry has no header of its own", entry, "other bytes at byte \(byte)",
                    "a local file header with the entry's name"
                )
            case .duplicate(let entry):
                ("the archive holds an entry twice", entry, "the name again", "each name once")
            case .overlap(let entry, let other):
                (
                    "two entries of the archive share bytes", entry, "bytes of '\(abridged(other))'",
                    "entries one after another"
                )
            case .checksum(let entry, let expected, let found):
                (
                    "the archive's entry is damaged", entry, "CRC-32 \(hexadecimal(found))",
                    "CRC-32 \(hexadecimal(expected))"
                )
            case .noPickle:
                ("the archive is not a PyTorch checkpoint", nil, "no entry NAME/data.pkl", "what torch.save writes")
            case .severalPickles(let entries):
                (
                    "the archive holds more than one checkpoint", nil, abridged(entries.joined(separator: ", ")),
                    "one entry NAME/data.pkl"
                )
            case .folderName(let byteCount, let limit):
                (
                    "the name of the archive's folder is too long", nil, bytes(byteCount), "at most \(bytes(limit))"
                )
            case .byteOrder(let found):
                ("the checkpoint has another byte order", nil, "'\(found)'", "'little'")
            }
        }
    }
}

extension CheckpointError {
    /// The ways in which PyTorch's older form can be damaged or strange.
    public enum LegacyFault: Equatable, Sendable {
        /// The second pickle is not the one known version.
        case protocolVersion(found: String, expected: Int)
        /// The third pickle does not hold facts about the writer's machine.
        case systemFacts(found: String)
        /// The numbers are stored in another order than here.
        case bigEndian
        /// The fifth pickle is not a list of keys.
        case storageKeys(found: String)
        /// Bytes follow the last storage.
        case leftOver(byteCount: Int)

        fileprivate func diagnosis(in file: String) -> Diagnosis {
            switch self {
            case .protocolVersion(let found, let expected):
                Diagnosis(
                    "the PyTorch file has an unknown protocol version", place: file, found: found,
                    expected: "\(expected)", remedy: CheckpointError.convert, exit: .badData)
            case .systemFacts(let found):
                Diagnosis(
                    "the PyTorch file does not describe its writer's machine", place: file, found: found,
                    expected: "a dictionary", remedy: CheckpointError.again, exit: .badData)
            case .bigEndian:
                Diagnosis(
                    "the checkpoint has another byte order", place: file, found: "a big-endian writer",
                    expected: "a little-endian one", remedy: CheckpointError.convert, exit: .badData)
            case .storageKeys(let found):
                Diagnosis(
                    "the PyTorch file does not list its storages", place: file, found: found,
                    expected: "a list of strings", remedy: CheckpointError.again, exit: .badData)
            case .leftOver(let byteCount):
                Diagnosis(
                    "the PyTorch file goes on after its last storage", place: file,
                    found: "\(bytes(byteCount)) more", expected: "the end of the file", remedy: CheckpointError.again,
                    exit: .badData)
            }
        }
    }
}

extension CheckpointError {
    /// The ways in which a pickle can be damaged, or ask for what a state dictionary does not need.
    public enum PickleFault: Equatable, Sendable {
        /// The bytes end within an opcode or before STOP.
        case truncated
        /// The pickle is longer than any state dictionary's.
        case tooLong(limit: Int)
        /// A byte that no pickle protocol gives a meaning.
        case unknownByte(UInt8)
        /// An opcode that `torch.save` does not write.
        case unsupported(opcode: String, byte: UInt8)
        /// A function or class outside the short list of those allowed.
        case forbiddenGlobal(module: String, name: String)
        /// An opcode finds fewer values than it needs.
        case stackUnderflow(opcode: String)
        /// An opcode finds no mark.
        case noMark(opcode: String)
        /// A value is recalled that was never remembered.
        case notRemembered(index: UInt32)
        /// An integer is longer than any count or offset.
        case longInteger(byteCount: Int)
        /// A string is not UTF-8.
        case notText
        /// An opcode finds values of the wrong kind.
        case operand(opcode: String, found: String, expected: String)

        fileprivate func diagnosis(in file: String, at byte: Int) -> Diagnosis {
            let facts = self.facts
            return Diagnosis(
                facts.what, place: "\(file), byte \(byte)", found: facts.found, expected: facts.expected,
                remedy: remedy, exit: .badData)
        }

        private var remedy: String {
            switch self {
            case .unsupported, .operand: CheckpointError.convert
            case .forbiddenGlobal:
                "nothing was executed; use the checkpoint's safetensors form, or one from a source you trust"
            default: CheckpointError.again
            }
        }

        private var facts: (what: String, found: String, expected: String?) {
            switch self {
            case .truncated: ("the checkpoint's pickle is cut off", "the end of its bytes", "STOP")
            case .tooLong(let limit):
                ("the checkpoint's pickle is too long", "more than \(bytes(limit))", "at most \(bytes(limit))")
            case .unknownByte(let byte):
                ("the checkpoint's pickle is damaged", "byte \(hexadecimal([byte]))", "an opcode")
            case .unsupported(let opcode, let byte):
                (
                    "the checkpoint's pickle uses an opcode that is not supported",
                    "\(opcode) (\(hexadecimal([byte])))", "the opcodes that torch.save writes with pickle protocol 2"
                )
            case .forbiddenGlobal(let module, let name):
                (
                    "the checkpoint's pickle asks for a Python name that is not allowed",
                    abridged("\(module).\(name)"),
                    """
                    collections.OrderedDict, torch._utils._rebuild_tensor_v2, torch._utils._rebuild_parameter, \
                    torch.Size or a storage type
                    """
                )
            case .stackUnderflow(let opcode):
                ("the checkpoint's pickle is damaged", "too few values for \(opcode)", nil)
            case .noMark(let opcode): ("the checkpoint's pickle is damaged", "no MARK for \(opcode)", nil)
            case .notRemembered(let index):
                ("the checkpoint's pickle is damaged", "memo \(index), which nothing was stored in", nil)
            case .longInteger(let byteCount):
                (
                    "the checkpoint's pickle holds an integer that is too long", bytes(byteCount),
                    "at most 8 bytes"
                )
            case .notText:
                ("the checkpoint's pickle is damaged", "a string that is not UTF-8", "text")
            case .operand(let opcode, let found, let expected):
                ("the checkpoint's pickle is not that of a state dictionary", "\(found) for \(opcode)", expected)
            }
        }
    }
}

extension CheckpointError {
    /// The ways in which a sound pickle can hold something other than tensors by name.
    public enum StateDictionaryFault: Equatable, Sendable {
        /// The pickled object is not a dictionary.
        case notADictionary(found: String)
        /// A key of the dictionary is not a string.
        case keyNotText(found: String)
        /// A value of the dictionary is a dictionary itself.
        case nested(key: String)
        /// A value of the dictionary is something else.
        case notATensor(key: String, found: String)
        /// A key of the dictionary occurs twice.
        case duplicate(tensor: String)
        /// A shape has negative sizes or a product that cannot be counted.
        case shape(tensor: String, shape: [Int])
        /// The tensor's elements do not follow one another.
        case notContiguous(tensor: String, shape: [Int], strides: [Int])
        /// The tensor does not end within its storage.
        case beyondStorage(tensor: String, offset: Int, count: Int, storageCount: Int)
        /// The tensors of one storage, up to this one, take many times the storage's bytes.
        case sharedTooOften(tensor: String, storageBytes: Int, viewedBytes: Int)

        fileprivate func diagnosis(in file: String) -> Diagnosis {
            switch self {
            case .notADictionary, .keyNotText, .nested, .notATensor: ofTheDictionary(file)
            case .duplicate, .shape, .notContiguous, .beyondStorage, .sharedTooOften: ofATensor(file)
            }
        }

        private func ofTheDictionary(_ file: String) -> Diagnosis {
            let what = "the PyTorch file does not hold a plain state dictionary"
            let save = "save only the state dictionary: torch.save(model.state_dict(), FILE)"
            return switch self {
            case .nested(let key):
                Diagnosis(
                    what, place: place(file, key: key), found: "a dictionary", expected: "a tensor",
                    remedy: "save the inner dictionary alone, as torch.save(torch.load(FILE)['state_dict'], OTHER)",
                    exit: .badData)
            case .notATensor(let key, let found):
                Diagnosis(
                    what, place: place(file, key: key), found: found, expected: "a tensor", remedy: save,
                    exit: .badData)
            case .keyNotText(let found):
                Diagnosis(
                    what, place: file, found: "\(found) as a key", expected: "a string", remedy: save, exit: .badData)
            case .notADictionary(let found):
                Diagnosis(
                    what, place: file, found: found, expected: "a dictionary of tensors by name", remedy: save,
                    exit: .badData)
            default: preconditionFailure("StateDictionaryFault: \(self) is about a tensor")
            }
        }

        private func ofATensor(_ file: String) -> Diagnosis {
            switch self {
            case .duplicate(let tensor):
                Diagnosis(
                    "the state dictionary repeats a key", place: place(file, tensor: tensor), found: "the name again",
                    expected: "each name once", remedy: CheckpointError.again, exit: .badData)
            case .shape(let tensor, let shape):
                Diagnosis(
                    "the tensor has an impossible shape", place: place(file, tensor: tensor), found: abridged(shape),
                    expected: "sizes from 0 up, at most \(bytes(Int.max)) in all", remedy: CheckpointError.again,
                    exit: .badData)
            case .notContiguous(let tensor, let shape, let strides):
                Diagnosis(
                    "the tensor's elements do not follow one another", place: place(file, tensor: tensor),
                    found: "strides \(abridged(strides)) for shape \(abridged(shape))", expected: "row-major order",
                    remedy:
                        "save the tensors contiguous: torch.save({k: v.contiguous() for k, v in state.items()}, FILE)",
                    exit: .badData)
            case .beyondStorage(let tensor, let offset, let count, let storageCount):
                Diagnosis(
                    "the tensor does not lie within its storage", place: place(file, tensor: tensor),
                    found: "\(elements(count)) from element \(offset)",
                    expected: "a storage of \(elements(storageCount))",
                    remedy: CheckpointError.again, exit: .badData)
            case .sharedTooOften(let tensor, let storageBytes, let viewedBytes):
                Diagnosis(
                    "the tensors share one storage too often", place: place(file, tensor: tensor),
                    found: "\(bytes(viewedBytes)) in views of a storage of \(bytes(storageBytes))",
                    expected: "at most \(StateDictionary.mostViews) times the storage",
                    remedy: "save each on its own: torch.save({k: v.clone() for k, v in state.items()}, FILE)",
                    exit: .badData)
            default: preconditionFailure("StateDictionaryFault: \(self) is not about a tensor")
            }
        }
    }
}

extension CheckpointError {
    /// The ways in which a PyTorch storage can differ from what the pickle says of it.
    public enum StorageFault: Equatable, Sendable {
        /// The pickle says two things about one storage.
        case conflict
        /// A tensor's storage is not in the file.
        case missing
        /// The file lists a storage twice, or one that no tensor uses.
        case unexpected
        /// The storage's own count of elements is another; nil where the file ends before it.
        case count(declared: Int, found: Int64?)
        /// There are not as many bytes as the elements take.
        case byteCount(type: ElementType, count: Int, found: Int)

        fileprivate func diagnosis(in file: String, key: String) -> Diagnosis {
            let facts = self.facts
            return Diagnosis(
                facts.what, place: "\(file), storage '\(abridged(key))'", found: facts.found, expected: facts.expected,
                remedy: CheckpointError.again, exit: .badData)
        }

        private var facts: (what: String, found: String?, expected: String) {
            switch self {
            case .conflict:
                ("the pickle contradicts itself about a storage", "two types or lengths", "one of each")
            case .missing: ("the storage of a tensor is missing", nil, "the storage in the file")
            case .unexpected:
                (
                    "the file lists a storage that it should not", "a key that no tensor uses, or one again",
                    "the key of each tensor's storage once"
                )
            case .count(let declared, let found):
                (
                    "the storage is not as long as the pickle says",
                    found.map { elements(Int($0)) } ?? "the end of the file", elements(declared)
                )
            case .byteCount(let type, let count, let found):
                (
                    "the storage is not as long as the pickle says", bytes(found),
                    "\(elements(count)) of \(bytes(type.byteCount))"
                )
            }
        }
    }
}

private func place(_ file: String, tensor: String) -> String {
    "\(file), tensor '\(abridged(tensor))'"
}

private func place(_ file: String, key: String) -> String {
    "\(file), key '\(abridged(key))'"
}

private func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

private func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }

private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}

private func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}

/// A hostile file chooses its words and numbers: only so much of them is repeated.
private func abridged(_ text: String) -> String {
    text.count > 200 ? text.prefix(200) + "…" : text
}

private func abridged(_ numbers: [Int]) -> String {
    abridged("\(numbers.prefix(16))") + (numbers.count > 16 ? "…" : "")
}

/// The byte as the reader of a JSON header would name it.
func describe(_ byte: UInt8) -> String {
    (0x21...0x7e).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(hexadecimal([byte]))"
}

/// The system's own words for a failed call, where the error carries them.
func reason(of error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    return cause.domain == NSPOSIXErrorDomain ? reason(ofCode: Int32(cause.code)) : cause.localizedDescription
}

/// The system's own words for an `errno`.
func reason(ofCode code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
}
