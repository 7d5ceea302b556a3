import Kernels
import Testing

@Suite struct InstructionSetTests {
    @Test func theBestIsUsedUnlessTheEnvironmentNamesAnother() throws {
        #expect(try InstructionSet.chosen(by: [:]) == InstructionSet.best)
        #expect(try InstructionSet.chosen(by: [InstructionSet.variable: ""]) == InstructionSet.best)
        #expect(try InstructionSet.chosen(by: [InstructionSet.variable: "portable"]) == .portable)
        #expect(InstructionSet.best.isAvailable && InstructionSet.portable.isAvailable)
    }

    @Test func aNameOfNoneIsAnError() {
        #expect(throws: InstructionSetError.unknown("sse9")) {
            try InstructionSet.chosen(by: [InstructionSet.variable: "sse9"])
        }
    }

    @Test(arguments: InstructionSet.allCases) func oneThatTheProcessorLacksIsAnError(_ set: InstructionSet) throws {
        let environment = [InstructionSet.variable: set.rawValue]
        if set.isAvailable {
            #expect(try InstructionSet.chosen(by: environment) == set)
        } else {
            #expect(throws: InstructionSetError.unavailable(set)) { try InstructionSet.chosen(by: environment) }
        }
    }

    @Test func whatComputesIsNamedAfterTheSetAndThePrecision() {
        let name = instructionSet(at: .float32)
        #expect(name.split(separator: "/").first.map(String.init) == InstructionSet.current.rawValue)
        #expect(name.contains("/") == (InstructionSet.current == .portable))
        #expect(Precision.float32.isAvailable)
        if Precision.bfloat16.isAvailable { #expect(instructionSet(at: .bfloat16) == "avx512-bf16") }
    }
}
