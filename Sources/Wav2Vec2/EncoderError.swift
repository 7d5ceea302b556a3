import Diagnosis
import Kernels

/// A way in which a tensor of a checkpoint and the configuration disagree.
///
/// Names are full dotted keys as in the file, or as in transformers for a tensor that is missing.
public enum TensorMisfit: Sendable, Equatable {
    /// The configuration describes it, the checkpoint lacks it.
    case missing(String, [Int])
    /// It has another shape.
    case misshaped(String, found: [Int], expected: [Int])
    /// The configuration does not describe it.
    case unknown(String)
    /// Two names in the file mean one tensor.
    case repeated(String, String)

    var words: String {
        switch self {
        case .missing(let name, let shape): "no \(name) \(shape)"
        case .misshaped(let name, let found, let expected): "\(name) \(found), not \(expected)"
        case .unknown(let name): "unknown \(name)"
        case .repeated(let name, let other): "\(name) besides \(other)"
        }
    }
}

/// What can go wrong with an encoder.
public enum EncoderError: DiagnosableError, Equatable {
    /// A JSON file of the checkpoint is not there.
    case absent(file: String)
    /// A JSON file of the checkpoint cannot be read.
    case unreadable(file: String)
    /// A JSON file of the checkpoint holds no JSON object.
    case malformed(file: String, byteCount: Int)
    /// A JSON file of the checkpoint nests lists and objects deeper than this.
    case tooDeep(file: String, limit: Int)
    /// A key has a value that it cannot have.
    case wrongValue(file: String, key: String, found: String, expected: String)
    /// A key asks for something that is not implemented.
    case unsupported(file: String, key: String, found: String, expected: String)
    /// This process cannot multiply numbers of this precision with the instructions that it uses.
    case precisionUnavailable(Precision, InstructionSet)
    /// The tensors are not those the configuration describes.
    case weightsDoNotFit(file: String, [TensorMisfit])
    /// A tensor holds an infinity or something that is not a number, first at this index of its row-major elements.
    case nonFiniteWeights(file: String, tensor: String, index: Int)
    /// A clip gives no frame; in samples.
    case tooShort(samples: Int, minimum: Int)
    /// A hidden state holds an infinity or something that is not a number; this is the first layer where it does.
    case nonFiniteState(layer: Int)
    /// Something other than an untrained encoder stands where one is to be written.
    case occupied(path: String)
    /// An untrained encoder cannot be written there.
    case cannotWrite(directory: String, reason: String)

    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .absent, .unreadable, .malformed, .tooDeep: fileDiagnosis
        case .wrongValue, .unsupported, .precisionUnavailable: settingDiagnosis
        case .weightsDoNotFit, .nonFiniteWeights: weightsDiagnosis
        case .tooShort, .nonFiniteState: clipDiagnosis
        case .occupied, .cannotWrite: writingDiagnosis
        }
    }
}

extension EncoderError {
    private static let download = "download the checkpoint's files again into one directory"

    private var fileDiagnosis: Diagnosis {
        switch self {
        case .absent(let file):
            Diagnosis(
                "a file of the encoder's checkpoint is missing", place: file,
                expected:
                    "config.json, preprocessor_config.json and the weights in one directory",
                remedy: "check the encoder's path, or download the file into it", exit: .missingInput)
        case .unreadable(let file):
            Diagnosis(
                "cannot read a file of the encoder's checkpoint", place: file,
                expected: "a JSON file of at most 1 MiB", remedy: "give a file that this user may read",
                exit: .missingInput)
        case .malformed(let file, let byteCount):
            Diagnosis(
                "a file of the encoder's checkpoint is malformed", place: file,
                found: byteCount == 0 ? "an empty file" : "\(byteCount) bytes that are not a JSON object",
                expected: "a JSON object", remedy: Self.download, exit: .badData)
        case .tooDeep(let file, let limit):
            Diagnosis(
                "a file of the encoder's checkpoint nests too deep", place: file,
                found: "lists and objects more than \(limit) deep", expected: "at most \(limit) levels",
                remedy: Self.download, exit: .badData)
        default: preconditionFailure("EncoderError: \(self) is not about a file")
        }
    }

    private var settingDiagnosis: Diagnosis {
        switch self {
        case .wrongValue(let file, let key, let found, let expected):
            Diagnosis(
                "the encoder's configuration has an impossible value", place: "\(file), key '\(key)'", found: found,
                expected: expected, remedy: "correct the key, or download the file again", exit: .badData)
        case .unsupported(let file, let key, let found, let expected):
            Diagnosis(
                "the encoder asks for something that Timbre does not compute", place: "\(file), key '\(key)'",
                found: found,
                expected: expected, remedy: "use a wav2vec 2.0 or HuBERT checkpoint without it", exit: .badData)
        case .precisionUnavailable(let precision, let instructions):
            Diagnosis(
                "this processor cannot compute in \(precision.rawValue)",
                found: "the instructions of '\(instructions.rawValue)'",
                expected:
                    "AVX512-BF16, as in Intel's Cooper Lake and Sapphire Rapids and AMD's Zen 4, and TIMBRE_ISA unset",
                remedy: "use precision: float32, or another machine", exit: .badData)
        default: preconditionFailure("EncoderError: \(self) is not about a setting")
        }
    }

    private var weightsDiagnosis: Diagnosis {
        switch self {
        case .weightsDoNotFit(let file, let misfits):
            Diagnosis(
                "the checkpoint's tensors are not those of its configuration", place: file,
                found: Self.listed(misfits), expected: "the tensors that config.json describes",
                remedy: "put the config.json that belongs to these weights beside them", exit: .badData)
        case .nonFiniteWeights(let file, let tensor, let index):
            Diagnosis(
                "a tensor of the checkpoint holds numbers that are not finite", place: "\(file), tensor '\(tensor)'",
                found: "NaN or infinity at index \(index)",
                expected: "finite weights", remedy: Self.download, exit: .badData)
        default: preconditionFailure("EncoderError: \(self) is not about weights")
        }
    }

    /// The first misfits, a line each: some words of settings may describe a hundred thousand tensors.
    private static func listed(_ misfits: [TensorMisfit]) -> String {
        let most = 100
        let rest = misfits.count > most ? ["and \(misfits.count - most) more"] : []
        return (misfits.prefix(most).map(\.words) + rest).joined(separator: "\n")
    }

    private var clipDiagnosis: Diagnosis {
        switch self {
        case .tooShort(let samples, let minimum):
            Diagnosis(
                "the clip is too short for the encoder", found: "\(samples) samples at the encoder's rate",
                expected: "at least \(minimum), which give one frame",
                remedy: "remove the clip, or record a longer one",
                exit: .badData)
        case .nonFiniteState(let layer):
            Diagnosis(
                "the encoder's arithmetic left the finite numbers",
                found:
                    "NaN or infinity first in \(layer == 0 ? "the transformer's input (layer 0)" : "layer \(layer)")",
                expected: "finite hidden states", remedy: "check the clip's samples and the checkpoint's weights",
                exit: .badData)
        default: preconditionFailure("EncoderError: \(self) is not about a clip")
        }
    }

    private var writingDiagnosis: Diagnosis {
        switch self {
        case .occupied(let path):
            Diagnosis(
                "an untrained encoder would replace something else", place: path,
                found: "a file or directory that is not an untrained encoder",
                remedy: "choose another place, or remove what stands there", exit: .cannotCreate)
        case .cannotWrite(let directory, let reason):
            Diagnosis(
                "cannot write the untrained encoder", place: directory, found: reason,
                remedy: "choose a place in a directory that this user may write to", exit: .cannotCreate)
        default: preconditionFailure("EncoderError: \(self) is not about writing")
        }
    }
}
