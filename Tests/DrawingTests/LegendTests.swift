import Testing

@testable import Drawing

@Suite struct LegendTests {
    @Test func entriesFollowEachOtherWithTheirMarks() {
        let elements = drawn([(.line("a"), "xx"), (.circle("b"), "y"), (.field("c"), "z")], within: 400)
        #expect(
            elements == [
                "<polyline class=\"a\" points=\"10,16 40,16\"/>", text("xx", x: "46", y: 20),
                "<circle class=\"b\" cx=\"79.2\" cy=\"16\" r=\"4\"/>", text("y", x: "89.2", y: 20),
                "<rect class=\"c\" x=\"109.8\" y=\"10\" width=\"12\" height=\"12\"/>", text("z", x: "127.8", y: 20),
            ])
    }

    @Test func whatDoesNotFitGoesToTheNextRow() {
        let entries: [(mark: Legend.Mark, name: String)] = (0..<3).map { (.line("s"), "number \($0)") }
        let room = 2 * (36 + textWidth("number 0", size: 12)) + 14
        #expect(Legend(entries).height(within: room) == 18)
        #expect(Legend(entries).height(within: room - 1) == 36)
        #expect(Legend(entries).height(within: 1000) == 0)
        #expect(drawn(entries, within: room).last == text("number 2", x: "46", y: 38))
    }

    @Test func aNameWiderThanARowIsShortened() {
        let name = String(repeating: "long name ", count: 20)
        let elements = drawn([(.circle("s"), name), (.circle("s"), "next")], within: 150)
        #expect(elements[1] == text("long name long name…", x: "26", y: 20))
        #expect(16 + textWidth("long name long name…", size: 12) <= 150)
        #expect(elements.last == text("next", x: "26", y: 38))
    }

    private func drawn(_ entries: [(mark: Legend.Mark, name: String)], within width: Double) -> [String] {
        var document = SVGDocument(id: "p", width: 400, height: 100, title: "", description: "")
        Legend(entries).draw(on: &document, x: 10, y: 20, within: width)
        return document.elements
    }

    private func text(_ text: String, x: String, y: Int) -> String {
        "<text class=\"name\" x=\"\(x)\" y=\"\(y)\" text-anchor=\"start\">\(text)</text>"
    }
}
