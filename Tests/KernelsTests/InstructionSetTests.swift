import Kernels
import Testing

@Suite struct InstructionSetTests {
    @Test func itNamesALevelAndAnOpenBLASCore() {
        let parts = instructionSet.split(separator: "/")
        #expect(parts.count == 2)
        #expect(["x86-64-v4", "x86-64-v3", "x86-64", "arm64", "generic"].contains(parts.first.map(String.init) ?? ""))
    }
}
