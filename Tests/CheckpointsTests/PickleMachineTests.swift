import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct PickleMachineTests {
    private static let again = "download the file again and compare its SHA-256 with the published one"
    private static let convert =
        "use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch"

    @Test(
        arguments: [
            (PickleOpcode.binint, [0xfe, 0xff, 0xff, 0xff], -2), (.binint1, [200], 200), (.binint2, [1, 2], 513),
            (.long1, [0], 0), (.long1, [1, 0xff], -1), (.long1, [2, 0xff, 0], 255),
            (.long1, [8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], Int.max),
        ] as [(PickleOpcode, [UInt8], Int)])
    func readsIntegers(_ opcode: PickleOpcode, _ operand: [UInt8], _ expected: Int) throws {
        guard case .integer(let found) = try run({ $0.add(opcode, operand) }) else {
            Issue.record("not an integer")
            return
        }
        #expect(found == expected)
    }

    @Test func readsFloatsFromTheMostSignificantByteOn() throws {
        guard case .real(let found) = try run({ $0.add(.binfloat, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]) }) else {
            Issue.record("not a float")
            return
        }
        #expect(found == 1.5)
    }

    @Test func changesRememberedContainersInPlace() throws {
        let object = try unpickle { pickle in
            pickle.add(.emptyDict)
            pickle.add(.binput, [0])
            pickle.add(.emptyList)
            pickle.add(.longBinput, [1, 0, 0, 0])
            pickle.add(.newtrue)
            pickle.add(.setitem)
            pickle.add(.binget, [1])
            pickle.add(.newfalse)
            pickle.add(.append)
            pickle.add(.longBinget, [0, 0, 0, 0])
            pickle.add(.binget, [1])
            pickle.add(.tuple3)
        }
        #expect(object.containers.map(\.count) == [2, 1, 3])
    }

    @Test func takesATupleOfSizes() throws {
        let object = try unpickle { pickle in
            pickle.global("torch", "Size")
            pickle.tuple { $0.integers([2, 3]) }
            pickle.add(.reduce)
        }
        guard case .tuple(let index) = object.value else {
            Issue.record("not a tuple")
            return
        }
        #expect(object.containers[index].count == 2)
    }

    /// Six bytes that copied 64 integers would let a file fill memory.
    @Test func aTupleOfSizesIsNoCopy() throws {
        let object = try unpickle { pickle in
            pickle.tuple { $0.integers([Int](repeating: 1, count: 64)) }
            pickle.add(.binput, [0])
            pickle.global("torch", "Size")
            pickle.add(.binput, [1])
            for _ in 0..<100 {
                pickle.add(.binget, [1])
                pickle.add(.binget, [0])
                pickle.add(.reduce)
            }
        }
        #expect(object.containers.joined().count == 64 + 1)
    }

    @Test func endsAfterStop() throws {
        let pickle = HandmadePickle.of { $0.add(.none) } + Data([0xff])
        #expect(try PickleMachine.unpickle(pickle, file: "weights.bin").end == 4)
    }

    @Test func refusesAPickleLongerThanAnyStateDictionarys() throws {
        let limit = PickleMachine.maximumByteCount
        var text = Data([0x80, 2, PickleOpcode.binunicode.rawValue])
        text.append(littleEndian: UInt32(limit))
        text += Data(count: limit) + [PickleOpcode.stop.rawValue]
        expectDiagnosis(
            """
            the checkpoint's pickle is too long
              where:    weights.bin, byte 2
              found:    more than 16777216 bytes
              expected: at most 16777216 bytes
              try:      \(Self.again)
            """, exit: .badData
        ) { try PickleMachine.unpickle(text, file: "weights.bin") }
        let followed = HandmadePickle.of { $0.add(.none) } + Data(count: limit)
        #expect(try PickleMachine.unpickle(followed, file: "weights.bin").end == 4)
    }

    @Test func standsDeepNesting() throws {
        let value = try run { pickle in
            pickle.add(.emptyTuple)
            for _ in 0..<300_000 { pickle.add(.tuple1) }
        }
        #expect(value.kind == "a tuple")
    }

    @Test func standsAContainerWithinItself() throws {
        let value = try run { pickle in
            pickle.add(.emptyList)
            pickle.add(.binput, [0])
            pickle.add(.binget, [0])
            pickle.add(.append)
        }
        #expect(value.kind == "a list")
    }

    @Test func allowsNoNameButThoseOfTensors() {
        for (module, name) in [
            ("posix", "system"), ("builtins", "eval"), ("torch", "load"), ("torch.storage", "FloatStorage"),
            ("collections", "Counter"), ("torch._utils", "_rebuild_tensor"), ("", ""),
        ] {
            expectFault(
                "the checkpoint's pickle asks for a Python name that is not allowed", byte: 2,
                found: "\(module).\(name)",
                expected: "collections.OrderedDict, torch._utils._rebuild_tensor_v2, "
                    + "torch._utils._rebuild_parameter, torch.Size or a storage type",
                remedy: "nothing was executed; use the checkpoint's safetensors form, or one from a source you trust"
            ) { $0.global(module, name) }
        }
    }

    @Test func refusesEveryOtherOpcodeByName() {
        for (opcode, name) in [
            (PickleOpcode.stackGlobal, "STACK_GLOBAL (93)"), (.newobj, "NEWOBJ (81)"), (.inst, "INST (69)"),
            (.obj, "OBJ (6f)"), (.ext1, "EXT1 (82)"), (.memoize, "MEMOIZE (94)"), (.dup, "DUP (32)"),
            (.shortBinunicode, "SHORT_BINUNICODE (8c)"), (.bytearray8, "BYTEARRAY8 (96)"),
        ] {
            expectFault(
                "the checkpoint's pickle uses an opcode that is not supported", byte: 2, found: name,
                expected: "the opcodes that torch.save writes with pickle protocol 2", remedy: Self.convert
            ) { $0.add(opcode) }
        }
    }

    @Test func refusesBytesWithoutMeaning() {
        expectDiagnosis(
            """
            the checkpoint's pickle is damaged
              where:    weights.bin, byte 2
              found:    byte ff
              expected: an opcode
              try:      \(Self.again)
            """, exit: .badData
        ) { try PickleMachine.unpickle(Data([0x80, 2, 0xff]), file: "weights.bin") }
    }

    @Test(
        arguments: [
            [0x80], [0x80, 2], [0x80, 2, 0x4a, 0], [0x80, 2, 0x58, 0xff, 0xff, 0xff, 0xff, 0x61],
            [0x80, 2, 0x63, 0x61, 0x0a],
            [0x80, 2, 0x8a, 3, 0],
        ] as [[UInt8]])
    func refusesAPickleCutOff(_ bytes: [UInt8]) {
        let byte = bytes == [0x80] ? 0 : 2
        expectDiagnosis(
            """
            the checkpoint's pickle is cut off
              where:    weights.bin, byte \(byte)
              found:    the end of its bytes
              expected: STOP
              try:      \(Self.again)
            """, exit: .badData
        ) { try PickleMachine.unpickle(Data(bytes), file: "weights.bin") }
    }

    @Test(arguments: [PickleOpcode.tuple1, .tuple3, .append, .setitem, .reduce, .binpersid, .build, .binput, .stop])
    func refusesOpcodesThatFindTooFewValues(_ opcode: PickleOpcode) {
        expectFault(
            "the checkpoint's pickle is damaged", byte: 4, found: "too few values for \(opcode.name)", expected: nil
        ) { pickle in
            pickle.add(.none)
            pickle.add(.mark)
            pickle.add(opcode, [0])
        }
    }

    @Test(arguments: [PickleOpcode.tuple, .appends, .setitems])
    func refusesOpcodesThatFindNoMark(_ opcode: PickleOpcode) {
        expectFault("the checkpoint's pickle is damaged", byte: 2, found: "no MARK for \(opcode.name)", expected: nil) {
            $0.add(opcode)
        }
    }

    @Test func refusesToRecallWhatWasNotRemembered() {
        expectFault(
            "the checkpoint's pickle is damaged", byte: 2, found: "memo 7, which nothing was stored in", expected: nil
        ) { $0.add(.binget, [7]) }
    }

    @Test func refusesIntegersThatAreTooLong() {
        expectFault(
            "the checkpoint's pickle holds an integer that is too long", byte: 2, found: "9 bytes",
            expected: "at most 8 bytes"
        ) { $0.add(.long1, [9] + [UInt8](repeating: 1, count: 9)) }
    }

    @Test func refusesTextThatIsNotUnicode() {
        expectFault(
            "the checkpoint's pickle is damaged", byte: 2, found: "a string that is not UTF-8", expected: "text"
        ) {
            $0.add(.binunicode, [1, 0, 0, 0, 0xff])
        }
    }

    @Test func refusesToAppendToWhatIsNoList() {
        expectOperandFault(.append, byte: 4, found: "a tuple", expected: "a list") { pickle in
            pickle.add(.emptyTuple)
            pickle.add(.none)
        }
    }

    @Test func refusesItemsForWhatIsNoDictionary() {
        expectOperandFault(.setitem, byte: 5, found: "a list", expected: "a dictionary") { pickle in
            pickle.add(.emptyList)
            pickle.add(.none)
            pickle.add(.none)
        }
    }

    @Test func refusesAKeyWithoutAValue() {
        expectOperandFault(
            .setitems, byte: 5, found: "a key without a value", expected: "keys and values in turn"
        ) { pickle in
            pickle.add(.emptyDict)
            pickle.add(.mark)
            pickle.add(.none)
        }
    }

    @Test func refusesAttributesForWhatIsNoDictionary() {
        expectOperandFault(.build, byte: 4, found: "a list", expected: "a dictionary") { pickle in
            pickle.add(.emptyList)
            pickle.add(.emptyDict)
        }
    }

    @Test func refusesToCallWhatIsNoFunction() {
        expectOperandFault(
            .reduce, byte: 4, found: "None", expected: "a function that makes a tensor, size or dictionary"
        ) { pickle in
            pickle.add(.none)
            pickle.add(.emptyTuple)
        }
    }

    @Test(arguments: [
        ("collections", "OrderedDict", "no arguments for collections.OrderedDict"),
        ("torch", "Size", "a tuple of integers for torch.Size"),
        (
            "torch._utils", "_rebuild_tensor_v2",
            "(storage, offset, shape, strides, requires_grad, hooks) for torch._utils._rebuild_tensor_v2"
        ), ("torch._utils", "_rebuild_parameter", "(tensor, requires_grad, hooks) for torch._utils._rebuild_parameter"),
    ])
    func refusesOtherArguments(_ module: String, _ name: String, _ expected: String) {
        let byte = 2 + 1 + "\(module)\n\(name)\n".utf8.count + 2
        expectOperandFault(.reduce, byte: byte, found: "(None)", expected: expected) { pickle in
            pickle.global(module, name)
            pickle.add(.none)
            pickle.add(.tuple1)
        }
    }

    @Test func refusesTensorsOfMoreThan64Dimensions() {
        let sizes = [Int](repeating: 1, count: 65)
        expectOperandFault(
            .reduce, byte: 1419, found: "(a storage, an integer, a tuple, a tuple, a boolean, a dictionary)",
            expected: "(storage, offset, shape, strides, requires_grad, hooks) for torch._utils._rebuild_tensor_v2"
        ) { pickle in
            pickle.add(.emptyDict)
            pickle.tensor("a", count: 1, shape: sizes, strides: sizes)
        }
    }

    @Test func refusesOtherPersistentIds() {
        let expected = "('storage', a storage type, key, location, count)"
        expectOperandFault(.binpersid, byte: 3, found: "None", expected: expected) { $0.add(.none) }
        expectOperandFault(.binpersid, byte: 42, found: "(a string, a string)", expected: expected) { pickle in
            pickle.tuple { id in
                id.text("module")
                id.text("CustomNetworkOfSomeone")
            }
        }
    }

    @Test func refusesNegativeStorages() {
        expectOperandFault(
            .binpersid, byte: 60, found: "(a string, a function or class, a string, a string, an integer)",
            expected: "('storage', a storage type, key, location, count)"
        ) { pickle in
            pickle.storage("FloatStorage", key: "0", count: -1)
        }
    }

    /// A key is looked up at each opcode that names its storage.
    @Test func refusesKeysThatTakeLongToLookUp() throws {
        for (key, found, expected) in [
            (String(repeating: "1", count: 256), "a key of 256 bytes", "a key of at most 255 bytes"),
            ("\u{e9}", "a key that is not ASCII", "a key in ASCII"),
        ] {
            expectOperandFault(.binpersid, byte: 59 + key.utf8.count, found: found, expected: expected) { pickle in
                pickle.storage("FloatStorage", key: key, count: 1)
            }
        }
        let longest = String(repeating: "1", count: 255)
        let object = try unpickle { pickle in
            for _ in 0..<3 { pickle.storage("FloatStorage", key: longest, count: 1) }
        }
        #expect(object.storages.keys.map { $0 } == [longest])
    }

    @Test func refusesViewsOfStorages() {
        expectOperandFault(
            .binpersid, byte: 61, found: "a view of another storage",
            expected: "('storage', a storage type, key, location, count)"
        ) { pickle in
            pickle.tuple { id in
                id.text("storage")
                id.global("torch", "FloatStorage")
                id.text("0")
                id.text("cpu")
                id.integer(1)
                id.add(.emptyTuple)
            }
        }
    }

    @Test func refusesTwoAccountsOfOneStorage() {
        expectDiagnosis(
            """
            the pickle contradicts itself about a storage
              where:    weights.bin, storage '0'
              found:    two types or lengths
              expected: one of each
              try:      \(Self.again)
            """, exit: .badData
        ) {
            try run { pickle in
                pickle.storage("FloatStorage", key: "0", count: 1)
                pickle.storage("LongStorage", key: "0", count: 1)
            }
        }
    }

    private func run(_ body: (inout HandmadePickle) -> Void) throws -> PickleValue {
        try unpickle(body).value
    }

    private func unpickle(_ body: (inout HandmadePickle) -> Void) throws -> PickledObject {
        try PickleMachine.unpickle(HandmadePickle.of(body), file: "weights.bin")
    }

    /// Adds the opcode after `body` unless `body` ends in it already.
    private func expectOperandFault(
        _ opcode: PickleOpcode, byte: Int, found: String, expected: String,
        sourceLocation: SourceLocation = #_sourceLocation, _ body: (inout HandmadePickle) -> Void
    ) {
        expectFault(
            "the checkpoint's pickle is not that of a state dictionary", byte: byte,
            found: "\(found) for \(opcode.name)", expected: expected, remedy: Self.convert,
            sourceLocation: sourceLocation
        ) { pickle in
            body(&pickle)
            if pickle.bytes.last != opcode.rawValue { pickle.add(opcode) }
        }
    }

    private func expectFault(
        _ what: String, byte: Int, found: String, expected: String?, remedy: String = again,
        sourceLocation: SourceLocation = #_sourceLocation, _ body: (inout HandmadePickle) -> Void
    ) {
        expectDiagnosis(
            """
            \(what)
              where:    weights.bin, byte \(byte)
              found:    \(found)
            \(expected.map { "  expected: \($0)\n" } ?? "")  try:      \(remedy)
            """, exit: .badData, sourceLocation: sourceLocation
        ) { try run(body) }
    }
}
