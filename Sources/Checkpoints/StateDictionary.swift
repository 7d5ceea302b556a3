import Foundation

/// The tensors that a pickled state dictionary names, checked against the storages they view.
struct StateDictionary {
    private let tensors: [String: PickledTensor]
    private let file: String

    /// Takes a pickled dictionary of tensors by name, and nothing else.
    init(_ pickle: PickledObject, file: String) throws {
        guard let items = pickle.dictionary else {
            throw CheckpointError.stateDictionary(file: file, .notADictionary(found: pickle.value.kind))
        }
        self.file = file
        tensors = try Self.tensors(of: items, file: file)
    }

    /// How many times its own bytes the tensors of one storage may take together: tied weights are views of one storage,
    /// but each view is packed on its own when an encoder is loaded, and a small file shall not fill memory.
    static let mostViews = 4

    /// Views of the tensors, given the bytes of each storage that one of them uses: exactly as many as it takes, asked for
    /// once however many tensors view it.
    func views(_ storageBytes: (PickledStorage) throws -> Data) throws -> [String: TensorView] {
        var views: [String: TensorView] = [:]
        var storages: [String: (bytes: Data, viewed: Int)] = [:]
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let range = try byteRange(of: tensor, named: name)
            let storage = tensor.storage
            let known = try storages[storage.key] ?? (bytes: storageBytes(storage), viewed: 0)
            // Neither sum nor product can overflow: a storage's bytes are all in the file.
            let (bytes, viewed) = (known.bytes, known.viewed + range.count)
            guard viewed <= Self.mostViews * bytes.count else {
                throw fault(.sharedTooOften(tensor: name, storageBytes: bytes.count, viewedBytes: viewed))
            }
            storages[storage.key] = (bytes: bytes, viewed: viewed)
            let start = bytes.startIndex
            views[name] = TensorView(
                name: name, shape: tensor.shape, elementType: storage.type,
                bytes: bytes[(start + range.lowerBound)..<(start + range.upperBound)], file: file)
        }
        return views
    }

    private static func tensors(of items: [(key: PickleValue, value: PickleValue)], file: String) throws -> [String:
        PickledTensor]
    {
        func fault(_ fault: CheckpointError.StateDictionaryFault) -> CheckpointError {
            .stateDictionary(file: file, fault)
        }
        let pairs = try items.map { item in
            guard case .text(let key) = item.key else { throw fault(.keyNotText(found: item.key.kind)) }
            return (key: key, value: item.value)
        }
        // Dictionaries are looked for first: of a training checkpoint, that is what its user can act on.
        if let nested = pairs.first(where: { if case .dictionary = $0.value { true } else { false } }) {
            throw fault(.nested(key: nested.key))
        }
        var tensors: [String: PickledTensor] = [:]
        for (key, value) in pairs {
            guard case .tensor(let tensor) = value else { throw fault(.notATensor(key: key, found: value.kind)) }
            guard tensors.updateValue(tensor, forKey: key) == nil else { throw fault(.duplicate(tensor: key)) }
        }
        return tensors
    }

    private func byteRange(of tensor: PickledTensor, named name: String) throws -> Range<Int> {
        guard tensor.shape.allSatisfy({ $0 >= 0 }), let extent = tensor.storage.type.extent(of: tensor.shape) else {
            throw fault(.shape(tensor: name, shape: tensor.shape))
        }
        guard tensor.isContiguous else {
            throw fault(.notContiguous(tensor: name, shape: tensor.shape, strides: tensor.strides))
        }
        let storage = tensor.storage
        guard tensor.offset >= 0, tensor.offset <= storage.count, extent.elements <= storage.count - tensor.offset,
            let limit = storage.byteCount
        else {
            throw fault(
                .beyondStorage(
                    tensor: name, offset: tensor.offset, count: extent.elements, storageCount: storage.count))
        }
        let begin = tensor.offset * storage.type.byteCount
        precondition(begin + extent.bytes <= limit, "StateDictionary: \(name) ends after its storage of \(limit) bytes")
        return begin..<(begin + extent.bytes)
    }

    private func fault(_ fault: CheckpointError.StateDictionaryFault) -> CheckpointError {
        .stateDictionary(file: file, fault)
    }
}

extension PickledTensor {
    /// Whether the elements follow one another in row-major order.
    ///
    /// As in PyTorch, the stride of a dimension of one element does not matter, nor does any stride of an empty tensor.
    /// The shape's product must not overflow.
    fileprivate var isContiguous: Bool {
        if shape.contains(0) { return true }
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() where size != 1 {
            if stride != expected { return false }
            expected *= size
        }
        return true
    }
}
