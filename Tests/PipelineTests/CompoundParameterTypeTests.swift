import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct CompoundParameterTypeTests {
    private typealias Layers = Either<String, [Int]>

    private func read<Value>(_ text: String, _ type: ParameterType<Value>) throws -> Value {
        try reader("x: \(text)").required("x", type)
    }

    private func expectRefusal<Value>(
        of text: String, as type: ParameterType<Value>, at column: Int, _ key: String, found: String, expected: String,
        remedy: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            wrong value for '\(key)'
              where:    x.yaml:5:\(column) (heads.\(key))
                        5 |     x: \(text)
              found:    \(found)
              expected: \(expected)
            """ + (remedy.map { "\n  try:      \($0)" } ?? ""), exit: .badData, sourceLocation: sourceLocation
        ) { try read(text, type) }
    }

    @Test func aListPointsAtTheElementThatIsWrong() throws {
        #expect(try read("[]", .list(of: .wholeNumber)) == [])
        expectRefusal(
            of: "[1, two]", as: .list(of: .wholeNumber), at: 12, "x[1]", found: "\"two\" (text)",
            expected: "a whole number")
        expectRefusal(
            of: "1", as: .list(of: .wholeNumber), at: 8, "x", found: "1 (a whole number)",
            expected: "a list, each element a whole number")
    }

    @Test func oneValueStandsForAListOfOne() throws {
        #expect(try read("3", .oneOrMore(of: .wholeNumber)) == [3])
        #expect(try read("[3, 4]", .oneOrMore(of: .wholeNumber)) == [3, 4])
        expectRefusal(
            of: "[]", as: .oneOrMore(of: .wholeNumber), at: 8, "x", found: "an empty list",
            expected: "a whole number, or a list of such")
    }

    @Test func eitherTakesTheTypeThatFits() throws {
        let layers = ParameterType.either(.choice(["all", "last"]), or: .list(of: .wholeNumber(in: 0...12)))
        #expect(try read("all", layers) == Layers.first("all"))
        #expect(try read("[0, 6]", layers) == Layers.second([0, 6]))
        expectRefusal(
            of: "lst", as: layers, at: 8, "x", found: "\"lst\" (text)",
            expected: "one of all, last, or a list, each element a whole number from 0 to 12", remedy: "last")
        expectRefusal(
            of: "[13]", as: layers, at: 9, "x[0]", found: "13 (a whole number)", expected: "a whole number from 0 to 12"
        )
    }

    @Test func eitherOfTwoScalarTypesTriesBoth() throws {
        let validation = ParameterType.either(.wholeNumber(in: 1...), or: .number(in: 0..<1))
        #expect(try read("2", validation) == .first(2))
        #expect(try read("0.2", validation) == .second(0.2))
        expectRefusal(
            of: "-1", as: validation, at: 8, "x", found: "-1 (a whole number)",
            expected: "a whole number of at least 1, or a number from 0.0 to below 1.0")
    }

    @Test func theCanonicalFormIsThatOfTheTypeThatFitted() throws {
        let reader = try reader("a: 2\nb: last")
        let type = ParameterType.either(.wholeNumber, or: .text)
        _ = try reader.required("a", type)
        _ = try reader.required("b", type)
        #expect(try reader.finish() == .mapping(["a": .int(2), "b": .text("last")]))
    }
}
