import Testing

@testable import Pipeline

@Suite struct SourcePlaceTests {
    private func place(_ line: String, column: Int) -> SourcePlace {
        SourcePlace(SourceMark(line: 1, column: column), in: SourceText(line, named: "x.yaml"), keyPath: "a.b")
    }

    @Test func aPlaceGivesFileLineColumnKeyPathAndTheLine() {
        #expect(place("a: {b: 1}", column: 8).description == "x.yaml:1:8 (a.b)\n1 | a: {b: 1}")
    }

    @Test func anEmptyLineIsNotShown() {
        #expect(place("", column: 1).description == "x.yaml:1:1 (a.b)")
    }

    @Test func aLongLineIsCutAroundTheColumn() {
        let line = (0..<300).map { String($0 % 10) }.joined()
        #expect(place(line, column: 1).excerpt == line.prefix(88) + "…")
        #expect(place(line, column: 300).excerpt == "…" + line.suffix(88))
        #expect(place(line, column: 151).excerpt == "…" + line.dropFirst(106).prefix(88) + "…")
        #expect(place(line, column: 5_000).excerpt == "…" + line.suffix(88))
    }

    @Test func aSettingIsItsOwnExcerpt() {
        let source = SourceText("3", named: "--set a.b=3", isOverride: true)
        #expect(SourcePlace(.start, in: source, keyPath: "a.b").description == "--set a.b=3 (a.b)")
    }
}
