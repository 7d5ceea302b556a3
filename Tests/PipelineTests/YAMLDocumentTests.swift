import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct YAMLDocumentTests {
    private func root(_ text: String) throws -> YAMLNode {
        try YAMLDocument(source: SourceText(text, named: "x.yaml")).root()
    }

    /// A node without positions, as text.
    private func outline(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar): scalar.isPlain ? scalar.text : "'\(scalar.text)'"
        case .list(let elements): "[\(elements.map(outline).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\($0.key): \(outline($0.value))" }.joined(separator: ", "))}"
        }
    }

    @Test func aliasesStandForWhatTheirAnchorsHold() throws {
        let text = "a: &a {x: [1, 2]}\nb: *a\nc: [*a, &k 7, *k]\nd: &a 3\ne: *a"
        #expect(try outline(root(text)) == "{a: {x: [1, 2]}, b: {x: [1, 2]}, c: [{x: [1, 2]}, 7, 7], d: 3, e: 3}")
    }

    @Test func ownKeysComeBeforeMergedOnesAndEarlierMappingsBeforeLater() throws {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\nd: {<<: {w: 4}}"
        #expect(
            try outline(root(text))
                == "{a: {x: 1, y: 1}, b: {y: 2, z: 2}, c: {x: 3, y: 1, z: 2}, d: {w: 4}}")
    }

    @Test func indicatorsInsideTextsStayWhatTheyAre() throws {
        let text = "a: 2 * 3\nb: \"*x?\"\nc: '? *'\nd: ?x\ne: what?\nf*?: |\n  *a\n  ? b\ng: !!str 12"
        #expect(
            try outline(root(text))
                == "{a: 2 * 3, b: '*x?', c: '? *', d: ?x, e: what?, f*?: '*a\n? b\n', g: '12'}")
    }

    @Test func positionsCountScalarsAndAllKindsOfLineBreaks() throws {
        let node = try root("\u{feff}é: 1\r\nb: [x,\r  y]")
        guard case .mapping(let entries) = node.content, case .list(let list) = entries[1].value.content else {
            return #expect(Bool(false), "expected a mapping with a list, found \(node)")
        }
        #expect(entries[0].value.mark == SourceMark(line: 1, column: 4))
        #expect(list[1].mark == SourceMark(line: 3, column: 3))
    }

    @Test func documentMarksAroundOneDocumentAreAllowed() throws {
        #expect(try outline(root("%YAML 1.2\n---\na: 1\n...\n")) == "{a: 1}")
    }

    @Test func anAliasBombIsRefusedQuickly() {
        let levels = (1...40).map {
            "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
        }
        let bomb = "a0: &a0 x\n" + levels.joined(separator: "\n")
        expectDiagnosis(
            """
            the stage file holds too much
              where:    x.yaml:7:10
                        7 | a6: &a6 [*a5, *a5, *a5, *a5, *a5, *a5, *a5, *a5, *a5]
              expected: at most 100000 values once aliases are followed
            """, exit: .badData
        ) { try root(bomb) }
        let asKey = bomb + "\n? *a40\n: 1\n*a40 : 2\n[*a40]: 3"
        #expect(throws: PipelineError.self) { try root(asKey) }
    }

    @Test func aChainOfAliasesThatNestsIsRefused() {
        let chain = "a0: &a0 x\n" + (1...100).map { "a\($0): &a\($0) [*a\($0 - 1)]" }.joined(separator: "\n")
        expectDiagnosis(
            """
            lists and mappings are nested too deep
              where:    x.yaml:65:6
                        65 | a64: &a64 [*a63]
              expected: at most 64 levels
            """, exit: .badData
        ) { try root(chain) }
    }

    @Test func deepFlowCollectionsAreRefusedBeforeTheyAreParsed() {
        let deep = "# [[[[[ (a comment may leave brackets open)\na: " + String(repeating: "[", count: 100_000)
        expectDiagnosis(
            """
            lists and mappings are nested too deep
              where:    x.yaml:2:68
                        2 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
              expected: at most 64 levels
            """, exit: .badData
        ) { try root(deep) }
    }

    @Test(arguments: [65, 999, 2_000, 100_000]) func deepBlockCollectionsAreRefused(_ levels: Int) {
        let deep = String(repeating: "- ", count: levels) + "x"
        #expect(throws: PipelineError.self) { try root(deep) }
        let error = #expect(throws: PipelineError.self) { try root(deep) }
        guard case .tooDeep = error else {
            return #expect(Bool(false), "expected depth, found \(String(describing: error))")
        }
    }

    @Test func hugeFlatFilesAreRefusedQuickly() {
        let list = "a: [" + String(repeating: "x,", count: 500_000) + "]"
        #expect(throws: PipelineError.self) { try root(list) }
        let keys = String(repeating: "{", count: 60) + list + String(repeating: "}: 1", count: 60)
        #expect(throws: PipelineError.self) { try root(keys) }
    }
}

@Suite struct YAMLErrorTests {
    private func expectError(_ message: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expectDiagnosis(message, exit: .badData, sourceLocation: sourceLocation) {
            try YAMLDocument(source: SourceText(text, named: "x.yaml")).root()
        }
    }

    @Test func syntaxErrorsPoint() {
        expectError(
            """
            not valid YAML: did not find expected ',' or '}' while parsing a flow mapping from line 2
              where:    x.yaml:3:2
                        3 | b: 2
            """, "name: x\na: {b: 1\nb: 2")
    }

    @Test func scannerErrorsPoint() {
        expectError(
            """
            not valid YAML: found character that cannot start any token while scanning for the next token from line 2
              where:    x.yaml:2:1
                        2 | \\u{9}b: 1
            """, "a:\n\tb: 1")
    }

    @Test func duplicateKeysPointAtTheFirst() {
        expectError(
            """
            the key 'b?' stands twice in one mapping
              where:    x.yaml:2:3
                        2 |   b?: 1
              try:      keep one of them
            """, "a:\n  b?: 1\n  c: 2\n  \"b?\": 3")
    }

    @Test func aSecondDocumentIsRefused() {
        expectError(
            """
            a second YAML document begins
              where:    x.yaml:3:1
                        3 | b: 2
              expected: one document a file
            """, "a: 1\n---\nb: 2")
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "\u{feff}"]) func emptyFilesAreRefused(_ text: String) {
        expectError(
            """
            the stage file is empty
              where:    x.yaml
              expected: a mapping with the keys name, stages
            """, text)
    }

    @Test func controlCharactersAreRefused() {
        expectError(
            """
            a character that stage files cannot hold
              where:    x.yaml:2:5
                        2 | b: x\\u{7}
              found:    U+0007
            """, "a: 1\nb: x\u{7}")
    }

    @Test(arguments: ["\u{f8f0}", "\u{f8f1}"]) func theCharactersThatStandForIndicatorsAreRefused(_ text: String) {
        #expect(throws: PipelineError.self) {
            try YAMLDocument(source: SourceText("a: x\(text)", named: "x.yaml")).root()
        }
    }

    @Test func tagsAreRefused() {
        expectError(
            """
            YAML tags are not used in stage files
              where:    x.yaml:1:4
                        1 | a: !!binary aGk=
              found:    tag:yaml.org,2002:binary
              try:      remove the tag
            """, "a: !!binary aGk=")
    }

    @Test func unknownAliasesNameTheNearestAnchor() {
        expectError(
            """
            an alias to an unknown anchor
              where:    x.yaml:2:4
                        2 | b: *bse
              found:    *bse
              expected: one of base
              try:      *base
            """, "a: &base 1\nb: *bse")
        expectError(
            """
            an alias to an unknown anchor
              where:    x.yaml:1:8
                        1 | a: &a [*a]
              found:    *a
              expected: an anchor before it
            """, "a: &a [*a]")
    }

    @Test(arguments: [
        ("*a : 1", "an alias"), ("[1]: 1", "a collection"), ("{b: 1}: 2", "a collection"), ("? b : 1", "'?'"),
    ])
    func keysMustBeText(_ key: String, _ found: String) {
        expectError(
            """
            a key that is not text
              where:    x.yaml:2:1
                        2 | \(key)
              found:    \(found)
              expected: a key that is a plain word
            """, "a: &a x\n\(key)")
    }

    @Test func aKeyCannotBeAbsent() {
        expectError(
            """
            a key that is not text
              where:    x.yaml:2:1
                        2 | &k : 2
              found:    nothing
              expected: a key that is a plain word
            """, "a: 1\n&k : 2")
    }

    @Test func mergeKeysNeedMappings() {
        expectError(
            """
            a merge key without a mapping
              where:    x.yaml:1:2
                        1 | {<<: 3}
              found:    3 (a whole number)
              expected: a mapping, or a list of mappings
            """, "{<<: 3}")
    }
}
