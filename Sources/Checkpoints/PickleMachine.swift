import Foundation

/// Just enough of Python's pickle to read a state dictionary, with nothing in it that could run code.
///
/// A stack machine over the opcodes that `torch.save` writes (protocol 2); every other opcode, and every name outside
/// ``PickleGlobal``, is an error. Stack, memo and containers grow by at most one value for each opcode, and no opcode
/// copies what lies in a container, so memory and time are bounded by the pickle's length, and that by
/// ``maximumByteCount``.
/// The opcodes' meaning is that of CPython's `Lib/pickle.py`, the functions' that of `torch/_utils.py`.
struct PickleMachine {
    /// The most dimensions that a tensor can have in PyTorch.
    private static let maximumRank = 64
    /// The longest pickle that is read: those of wav2vec 2.0's state dictionaries take some 30 kB.
    static let maximumByteCount = 1 << 24
    /// The longest key of a storage: PyTorch writes a few decimal digits.
    private static let maximumKeyByteCount = 255

    private let file: String
    private var cursor: ByteCursor
    /// What is wrong where the bytes end before STOP.
    private let faultAtEnd: CheckpointError.PickleFault
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [UInt32: PickleValue] = [:]
    /// The items of every tuple, list and dictionary that the pickle made.
    private var containers: [[PickleValue]] = []
    /// The integers of the tuples that were shapes or strides: thousands of tensors may share one, and then share its array.
    private var integersOfTuples: [Int: [Int]] = [:]
    /// The storages that the pickle refers to, by key.
    private var storages: [String: PickledStorage] = [:]
    /// The opcode being obeyed and its place in the file.
    private var opcode = PickleOpcode.stop
    private var opcodePosition = 0

    /// Reads the pickle that begins with the first of these bytes; what follows its STOP is not looked at.
    static func unpickle(_ bytes: Data, file: String) throws -> PickledObject {
        var machine = PickleMachine(file: file, bytes: bytes)
        let value = try machine.run()
        return PickledObject(
            value: value, containers: machine.containers, storages: machine.storages, end: machine.cursor.position)
    }

    private init(file: String, bytes: Data) {
        self.file = file
        cursor = ByteCursor(bytes.prefix(Self.maximumByteCount))
        faultAtEnd = bytes.count > Self.maximumByteCount ? .tooLong(limit: Self.maximumByteCount) : .truncated
    }

    private mutating func run() throws -> PickleValue {
        while true {
            try readOpcode()
            if opcode == .stop { return try pop() }
            try obey()
        }
    }

    private mutating func readOpcode() throws {
        opcodePosition = cursor.position
        let byte = try number(UInt8.self)
        guard let known = PickleOpcode(rawValue: byte) else { throw fault(.unknownByte(byte)) }
        opcode = known
    }

    private mutating func obey() throws {
        switch opcode {
        case .proto: _ = try number(UInt8.self)
        case .mark: marks.append(stack.count)
        case .none: stack.append(.nothing)
        case .newtrue: stack.append(.boolean(true))
        case .newfalse: stack.append(.boolean(false))
        case .binint: stack.append(.integer(Int(try number(Int32.self))))
        case .binint1: stack.append(.integer(Int(try number(UInt8.self))))
        case .binint2: stack.append(.integer(Int(try number(UInt16.self))))
        case .long1: stack.append(.integer(try longInteger()))
        case .binfloat: stack.append(.real(Double(bitPattern: try number(UInt64.self).byteSwapped)))
        case .binunicode: stack.append(.text(try text(of: take(Int(number(UInt32.self))))))
        case .emptyTuple: stack.append(.tuple(at: container([])))
        case .emptyList: stack.append(.list(at: container([])))
        case .emptyDict: stack.append(.dictionary(at: container([])))
        case .tuple: stack.append(.tuple(at: container(try popToMark())))
        case .tuple1: stack.append(.tuple(at: container(try pop(1))))
        case .tuple2: stack.append(.tuple(at: container(try pop(2))))
        case .tuple3: stack.append(.tuple(at: container(try pop(3))))
        case .append: try extendList(by: pop(1))
        case .appends: try extendList(by: popToMark())
        case .setitem: try extendDictionary(by: pop(2))
        case .setitems: try extendDictionary(by: popToMark())
        case .binput: memo[UInt32(try number(UInt8.self))] = try top()
        case .longBinput: memo[try number(UInt32.self)] = try top()
        case .binget: stack.append(try remembered(UInt32(number(UInt8.self))))
        case .longBinget: stack.append(try remembered(number(UInt32.self)))
        case .global: stack.append(.global(try global()))
        case .binpersid: stack.append(.storage(try storage(pop())))
        case .reduce: try reduce()
        case .build: try build()
        default: throw fault(.unsupported(opcode: opcode.name, byte: opcode.rawValue))
        }
    }
}

// The stack and the containers.
extension PickleMachine {
    /// Removes the last `count` values, none of which may lie before the last mark.
    private mutating func pop(_ count: Int) throws -> [PickleValue] {
        guard stack.count - count >= marks.last ?? 0 else { throw fault(.stackUnderflow(opcode: opcode.name)) }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func pop() throws -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    private func top() throws -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.last else {
            throw fault(.stackUnderflow(opcode: opcode.name))
        }
        return value
    }

    private mutating func popToMark() throws -> [PickleValue] {
        guard let mark = marks.popLast() else { throw fault(.noMark(opcode: opcode.name)) }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    private mutating func container(_ items: [PickleValue]) -> Int {
        containers.append(items)
        return containers.count - 1
    }

    private func remembered(_ index: UInt32) throws -> PickleValue {
        guard let value = memo[index] else { throw fault(.notRemembered(index: index)) }
        return value
    }

    private mutating func extendList(by items: [PickleValue]) throws {
        guard case .list(let index) = try top() else { throw operandFault(try top().kind, expected: "a list") }
        containers[index] += items
    }

    private mutating func extendDictionary(by items: [PickleValue]) throws {
        guard case .dictionary(let index) = try top() else {
            throw operandFault(try top().kind, expected: "a dictionary")
        }
        guard items.count.isMultiple(of: 2) else {
            throw operandFault("a key without a value", expected: "keys and values in turn")
        }
        containers[index] += items
    }
}

// Reading operands from the bytes.
extension PickleMachine {
    private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) throws -> Number {
        guard let number = cursor.integer(type) else { throw fault(faultAtEnd) }
        return number
    }

    private mutating func take(_ count: Int) throws -> Data {
        guard let bytes = cursor.take(count) else { throw fault(faultAtEnd) }
        return bytes
    }

    private func text(of bytes: Data) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault(.notText) }
        return text
    }

    /// A little-endian two's complement integer of as many bytes as its first one says, of which 8 are enough for any
    /// count or offset.
    private mutating func longInteger() throws -> Int {
        let count = Int(try number(UInt8.self))
        let bytes = try take(count)
        guard count <= 8 else { throw fault(.longInteger(byteCount: count)) }
        guard let last = bytes.last else { return 0 }
        let sign: Int = last >= 0x80 ? -1 : 0
        return bytes.reversed().reduce(sign) { $0 << 8 | Int($1) }
    }

    private mutating func global() throws -> PickleGlobal {
        guard let moduleLine = cursor.line(), let nameLine = cursor.line() else { throw fault(faultAtEnd) }
        let (module, name) = (try text(of: moduleLine), try text(of: nameLine))
        guard let global = PickleGlobal(module: module, name: name) else {
            throw fault(.forbiddenGlobal(module: module, name: name))
        }
        return global
    }
}

// What torch's functions and persistent ids stand for.
extension PickleMachine {
    /// A storage named by ("storage", type, key, location, count), and in the legacy format a sixth item, None.
    private mutating func storage(_ id: PickleValue) throws -> PickledStorage {
        let expected = "('storage', a storage type, key, location, count)"
        guard let items = tuple(id, maximumCount: 6), items.count >= 5, case .text("storage") = items[0],
            case .global(.storage(let type)) = items[1], case .text(let key) = items[2],
            case .integer(let count) = items[4], count >= 0
        else { throw operandFault(describe(id), expected: expected) }
        if items.count == 6, case .nothing = items[5] {
        } else if items.count == 6 {
            throw operandFault("a view of another storage", expected: expected)
        }
        try checkKey(key)
        if let known = storages[key] {
            guard known.type == type, known.count == count else {
                throw CheckpointError.storage(file: file, key: key, .conflict)
            }
            return known
        }
        let storage = PickledStorage(type: type, key: key, count: count)
        storages[key] = storage
        return storage
    }

    /// Three bytes of the pickle may have a key hashed, so that is made quick: a long one, or one to be normalised as
    /// Unicode, would take minutes.
    private func checkKey(_ key: String) throws {
        let limit = Self.maximumKeyByteCount
        guard key.utf8.count <= limit else {
            throw operandFault("a key of \(key.utf8.count) bytes", expected: "a key of at most \(limit) bytes")
        }
        guard key.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw operandFault("a key that is not ASCII", expected: "a key in ASCII")
        }
    }

    private mutating func reduce() throws {
        let arguments = try pop()
        let function = try pop()
        switch function {
        case .global(.orderedDictionary): stack.append(try emptyDictionary(arguments))
        case .global(.size): stack.append(try size(arguments))
        case .global(.rebuildTensor): stack.append(.tensor(try tensor(arguments)))
        case .global(.rebuildParameter): stack.append(try parameter(arguments))
        default: throw operandFault(function.kind, expected: "a function that makes a tensor, size or dictionary")
        }
    }

    private mutating func emptyDictionary(_ arguments: PickleValue) throws -> PickleValue {
        guard let items = tuple(arguments, maximumCount: 0), items.isEmpty else {
            throw operandFault(describe(arguments), expected: "no arguments for collections.OrderedDict")
        }
        return .dictionary(at: container([]))
    }

    /// A `torch.Size` is the tuple that it is made of.
    private mutating func size(_ arguments: PickleValue) throws -> PickleValue {
        guard let items = tuple(arguments, maximumCount: 1), items.count == 1, integers(items[0]) != nil else {
            throw operandFault(describe(arguments), expected: "a tuple of integers for torch.Size")
        }
        return items[0]
    }

    /// (storage, offset, shape, strides, requires_grad, backward_hooks), and a seventh item, metadata, that marks
    /// conjugated or negated views and is refused.
    private mutating func tensor(_ arguments: PickleValue) throws -> PickledTensor {
        guard let items = tuple(arguments, maximumCount: 6), items.count == 6, case .storage(let storage) = items[0],
            case .integer(let offset) = items[1], let shape = integers(items[2]), let strides = integers(items[3]),
            shape.count == strides.count
        else {
            throw operandFault(
                describe(arguments),
                expected: "(storage, offset, shape, strides, requires_grad, hooks) for torch._utils._rebuild_tensor_v2")
        }
        return PickledTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    private func parameter(_ arguments: PickleValue) throws -> PickleValue {
        guard let items = tuple(arguments, maximumCount: 3), items.count == 3, case .tensor = items[0] else {
            throw operandFault(
                describe(arguments), expected: "(tensor, requires_grad, hooks) for torch._utils._rebuild_parameter")
        }
        return items[0]
    }

    /// Drops the attributes, as `_metadata`, that BUILD would set on a dictionary.
    private mutating func build() throws {
        _ = try pop()
        guard case .dictionary = try top() else { throw operandFault(try top().kind, expected: "a dictionary") }
    }

    private func tuple(_ value: PickleValue, maximumCount: Int) -> [PickleValue]? {
        guard case .tuple(let index) = value, containers[index].count <= maximumCount else { return nil }
        return containers[index]
    }

    /// The integers of a tuple, which no opcode changes once it is made.
    private mutating func integers(_ value: PickleValue) -> [Int]? {
        guard case .tuple(let index) = value, let items = tuple(value, maximumCount: Self.maximumRank) else {
            return nil
        }
        if let known = integersOfTuples[index] { return known }
        let integers = items.compactMap { if case .integer(let number) = $0 { number } else { nil as Int? } }
        guard integers.count == items.count else { return nil }
        integersOfTuples[index] = integers
        return integers
    }

    /// A tuple's items by kind, as "(a storage, an integer)", at most the first few; other values by kind.
    private func describe(_ value: PickleValue) -> String {
        guard case .tuple(let index) = value else { return value.kind }
        let kinds = containers[index].prefix(8).map(\.kind) + (containers[index].count > 8 ? ["…"] : [])
        return "(\(kinds.joined(separator: ", ")))"
    }

    private func operandFault(_ found: String, expected: String) -> CheckpointError {
        fault(.operand(opcode: opcode.name, found: found, expected: expected))
    }

    private func fault(_ fault: CheckpointError.PickleFault) -> CheckpointError {
        .pickle(file: file, byte: opcodePosition, fault)
    }
}
