import Foundation

@testable import Checkpoints

/// A pickle put together opcode by opcode, so that a test can say exactly what is wrong with it.
package struct HandmadePickle {
    package private(set) var bytes = Data()

    /// The bytes of PROTO 2, what `body` adds, and STOP.
    package static func of(_ body: (inout HandmadePickle) throws -> Void) rethrows -> Data {
        var pickle = HandmadePickle()
        pickle.add(.proto, [2])
        try body(&pickle)
        pickle.add(.stop)
        return pickle.bytes
    }

    /// A pickled dictionary of the keys and values that `body` adds.
    package static func ofState(_ body: (inout HandmadePickle) throws -> Void) rethrows -> Data {
        try of { pickle in
            pickle.add(.emptyDict)
            pickle.add(.mark)
            try body(&pickle)
            pickle.add(.setitems)
        }
    }

    package mutating func add(_ opcode: PickleOpcode, _ operand: [UInt8] = []) {
        bytes.append(opcode.rawValue)
        bytes.append(contentsOf: operand)
    }

    package mutating func text(_ text: String) {
        add(.binunicode)
        bytes.append(littleEndian: UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func integer(_ number: Int) {
        add(.long1, [8])
        bytes.append(littleEndian: number)
    }

    package mutating func global(_ module: String, _ name: String) {
        add(.global, Array("\(module)\n\(name)\n".utf8))
    }

    package mutating func tuple(_ body: (inout HandmadePickle) -> Void) {
        add(.mark)
        body(&self)
        add(.tuple)
    }

    package mutating func integers(_ numbers: [Int]) {
        tuple { pickle in numbers.forEach { pickle.integer($0) } }
    }

    package mutating func storage(_ type: String, key: String, count: Int, isLegacy: Bool = false) {
        tuple { pickle in
            pickle.text("storage")
            pickle.global("torch", type)
            pickle.text(key)
            pickle.text("cpu")
            pickle.integer(count)
            if isLegacy { pickle.add(.none) }
        }
        add(.binpersid)
    }

    /// A key and a tensor of a storage with this key and as many elements as `count` says.
    package mutating func tensor(
        _ name: String, storage key: String = "0", type: String = "FloatStorage", count: Int, offset: Int = 0,
        shape: [Int], strides: [Int], isLegacy: Bool = false
    ) {
        text(name)
        global("torch._utils", "_rebuild_tensor_v2")
        tuple { pickle in
            pickle.storage(type, key: key, count: count, isLegacy: isLegacy)
            pickle.integer(offset)
            pickle.integers(shape)
            pickle.integers(strides)
            pickle.add(.newfalse)
            pickle.add(.emptyDict)
        }
        add(.reduce)
    }
}
