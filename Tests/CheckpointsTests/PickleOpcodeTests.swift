import Testing

@testable import Checkpoints

@Suite struct PickleOpcodeTests {
    @Test func bearsTheNameThatPythonGivesIt() {
        #expect(PickleOpcode.proto.name == "PROTO")
        #expect(PickleOpcode.shortBinunicode.name == "SHORT_BINUNICODE")
        #expect(PickleOpcode.newobjEx.name == "NEWOBJ_EX")
        #expect(PickleOpcode.binunicode8.name == "BINUNICODE8")
        #expect(PickleOpcode.none.name == "NONE")
    }

    @Test func namesEveryOpcodeOfProtocols0To5() {
        #expect(PickleOpcode.allCases.count == 68)
    }
}
