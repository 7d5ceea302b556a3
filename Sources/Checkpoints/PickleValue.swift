/// What the pickle of a state dictionary can leave on the machine's stack.
///
/// Tuples, lists and dictionaries are places in the machine's `containers`, because a pickle shares and changes them
/// after they were remembered; so a value is never deeper than one level, however deep the pickle nests. Storages and
/// tensors lie elsewhere, so that a value is small: an opcode of one byte may make one.
enum PickleValue {
    case nothing
    case boolean(Bool)
    case integer(Int)
    case real(Double)
    case text(String)
    case global(PickleGlobal)
    case tuple(at: Int)
    case list(at: Int)
    /// Keys and values in turn.
    case dictionary(at: Int)
    indirect case storage(PickledStorage)
    indirect case tensor(PickledTensor)

    /// What an error calls a value of this kind.
    var kind: String {
        switch self {
        case .nothing: "None"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .real: "a float"
        case .text: "a string"
        case .global: "a function or class"
        case .tuple: "a tuple"
        case .list: "a list"
        case .dictionary: "a dictionary"
        case .storage: "a storage"
        case .tensor: "a tensor"
        }
    }
}

/// The only Python names that a pickle may ask for.
///
/// None of them is ever called: each stands for a value that ``PickleMachine`` makes itself.
enum PickleGlobal: Equatable {
    /// `collections.OrderedDict`
    case orderedDictionary
    /// `torch._utils._rebuild_tensor_v2`
    case rebuildTensor
    /// `torch._utils._rebuild_parameter`
    case rebuildParameter
    /// `torch.Size`
    case size
    /// `torch.FloatStorage` and its kin
    case storage(ElementType)

    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", "Size"): self = .size
        case ("torch.storage", "UntypedStorage"): self = .storage(.uint8)
        case ("torch", _):
            guard let type = Self.storageTypes[name] else { return nil }
            self = .storage(type)
        default: return nil
        }
    }

    private static let storageTypes: [String: ElementType] = [
        "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
        "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8,
        "ByteStorage": .uint8, "BoolStorage": .bool,
    ]
}

/// A run of elements that one or more tensors view.
struct PickledStorage {
    let type: ElementType
    /// What names the storage's bytes in the file.
    let key: String
    /// The number of elements, 0 or more.
    let count: Int

    /// The bytes that the elements take, or nil where they are more than an `Int` holds.
    var byteCount: Int? { type.extent(of: [count])?.bytes }
}

/// A view of a storage, not yet checked.
struct PickledTensor {
    let storage: PickledStorage
    /// The element of the storage that the tensor begins at.
    let offset: Int
    let shape: [Int]
    /// The elements between neighbours along each dimension.
    let strides: [Int]
}
