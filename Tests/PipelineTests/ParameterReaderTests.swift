import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ParameterReaderTests {
    @Test func valuesAreReadByKeyWhateverTheirOrder() throws {
        let reader = try reader("b: 2\na: one\nd: {e: true}\nc: [1, 2]")
        #expect(try reader.required("a", .text) == "one")
        #expect(try reader.required("b", .wholeNumber) == 2)
        #expect(try reader.required("c", .list(of: .wholeNumber)) == [1, 2])
        #expect(try reader.mapping("d").required("e", .bool))
        #expect(
            try reader.finish()
                == .mapping([
                    "a": .text("one"), "b": .int(2), "c": .list([.int(1), .int(2)]), "d": .mapping(["e": .bool(true)]),
                ]))
    }

    @Test func absentAndNullOptionalsAreNilAndLeaveNoTrace() throws {
        let reader = try reader("a: null\nb:")
        #expect(try reader.optional("a", .text) == nil)
        #expect(try reader.optional("b", .text) == nil)
        #expect(try reader.optional("c", .text) == nil)
        #expect(try reader.optionalMapping("d") == nil)
        #expect(try reader.mappings("e").isEmpty)
        #expect(try reader.finish() == .mapping([:]))
    }

    @Test func defaultsEnterTheCanonicalForm() throws {
        let reader = try reader("a: 1")
        #expect(try reader.value("b", .number, default: 0.5) == 0.5)
        #expect(try reader.value("a", .wholeNumber, default: 9) == 1)
        #expect(try reader.mappingOrDefaults("c").value("d", .text, default: "x") == "x")
        #expect(
            try reader.finish() == .mapping(["a": .int(1), "b": .double(0.5), "c": .mapping(["d": .text("x")])]))
    }

    @Test func excludedParametersAreReadButLeftOutOfTheCanonicalForm() throws {
        let reader = try reader("a: 1\nb: {c: 2}\nd: [{e: 3}]")
        #expect(try reader.required("a", .wholeNumber, excludedFromKey: true) == 1)
        #expect(try reader.mapping("b", excludedFromKey: true).required("c", .wholeNumber) == 2)
        #expect(try reader.mappings("d", excludedFromKey: true)[0].required("e", .wholeNumber) == 3)
        #expect(try reader.finish() == .mapping([:]))
    }

    @Test func listsOfMappingsHaveAReaderEach() throws {
        let reader = try reader("a: [{b: 1}, {b: 2}]")
        #expect(try reader.mappings("a").map { try $0.required("b", .wholeNumber) } == [1, 2])
        let expected = CanonicalValue.list([.mapping(["b": .int(1)]), .mapping(["b": .int(2)])])
        #expect(try reader.finish() == .mapping(["a": expected]))
    }

    @Test func keysThatAreDataAreListedInFileOrder() throws {
        let labels = try reader("labels: {02: calm, 01: neutral}").mapping("labels")
        #expect(labels.keys == ["02", "01"])
        #expect(try labels.keys.map { try labels.required($0, .text) } == ["calm", "neutral"])
        #expect(labels.keyPath == "heads.labels")
    }

    @Test func aMissingKeySaysWhatItWouldHoldAndWhichKeyMayBeMisspelt() throws {
        expectDiagnosis(
            """
            missing key 'epochs'
              where:    x.yaml:3:3 (heads)
                        3 |   heads:
              expected: a whole number of at least 1
              try:      rename 'epoch' to 'epochs'
            """, exit: .badData
        ) { try reader("epoch: 3").required("epochs", .wholeNumber(in: 1...)) }
        expectDiagnosis(
            """
            missing key 'head'
              where:    x.yaml:3:3 (heads)
                        3 |   heads:
              expected: a mapping
            """, exit: .badData
        ) { try reader("epochs: 3").mapping("head") }
    }

    @Test func unknownKeysNameTheNearestValidOne() throws {
        expectDiagnosis(
            """
            unknown key 'epoch'
              where:    x.yaml:6:5 (heads.epoch)
                        6 |     epoch: 3
              expected: one of batch, epochs, kind, needs
              try:      epochs
            """, exit: .badData
        ) {
            let reader = try reader("batch: 4\nepoch: 3")
            _ = try reader.optional("batch", .wholeNumber)
            _ = try reader.optional("epochs", .wholeNumber)
            return try reader.finish()
        }
    }

    @Test func unknownKeysOfNestedMappingsAreFoundByTheOutermostReader() throws {
        expectDiagnosis(
            """
            unknown key 'zebra'
              where:    x.yaml:5:23 (heads.head.zebra)
                        5 |     head: {hidden: 1, zebra: 2}
              expected: one of hidden
            """, exit: .badData
        ) {
            let reader = try reader("head: {hidden: 1, zebra: 2}")
            _ = try reader.mapping("head").required("hidden", .wholeNumber)
            return try reader.finish()
        }
        expectDiagnosis(
            """
            unknown key 'a'
              where:    x.yaml:5:12 (heads.head.a)
                        5 |     head: {a: 1}
              expected: no keys
            """, exit: .badData
        ) {
            let reader = try reader("head: {a: 1}")
            _ = try reader.mapping("head")
            return try reader.finish()
        }
    }

    @Test func valuesThatShouldBeMappingsSayWhatTheyAre() throws {
        expectDiagnosis(
            """
            wrong value for 'head'
              where:    x.yaml:5:11 (heads.head)
                        5 |     head: [1, 2]
              found:    a list of 2
              expected: a mapping
            """, exit: .badData
        ) { try reader("head: [1, 2]").mapping("head") }
        expectDiagnosis(
            """
            wrong value for 'published[1]'
              where:    x.yaml:5:21 (heads.published[1])
                        5 |     published: [{}, x]
              found:    "x" (text)
              expected: a mapping
            """, exit: .badData
        ) { try reader("published: [{}, x]").mappings("published") }
        expectDiagnosis(
            """
            wrong value for 'published'
              where:    x.yaml:5:16 (heads.published)
                        5 |     published: {a: 1, b: 2}
              found:    a mapping with a, b
              expected: a list of mappings
            """, exit: .badData
        ) { try reader("published: {a: 1, b: 2}").mappings("published") }
    }

    @Test func aStagesOwnErrorsPointToo() throws {
        let reader = try reader("root: elsewhere")
        #expect(
            reader.diagnosis("no corpus there", at: "root", found: "nothing", exit: .missingInput).description == """
                no corpus there
                  where:    x.yaml:5:11 (heads.root)
                            5 |     root: elsewhere
                  found:    nothing
                """)
        #expect(reader.diagnosis("no corpus", at: "absent").place == "x.yaml:3:3 (heads)\n3 |   heads:")
        let overridden = try self.reader("root: elsewhere", overrides: ["heads.root=there"])
        let diagnosis = overridden.diagnosis("no corpus there", at: "root")
        #expect(diagnosis.place == "--set heads.root=there (heads.root)")
        #expect(diagnosis.exit == .usage)
    }

    private func reader(_ parameters: String, overrides: [String] = []) throws -> ParameterReader {
        try PipelineTests.reader(parameters, overrides: overrides)
    }
}
