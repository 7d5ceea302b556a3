import Testing

@testable import Reports

@Suite struct MarkdownTableTests {
    @Test func figuresStandAtTheRight() {
        let table = MarkdownTable(columns: [.words("name"), .figures("UA %")], rows: [["a", "1.00"], ["b", "2.00"]])
        #expect(table.text == "| name | UA % |\n| :-- | --: |\n| a | 1.00 |\n| b | 2.00 |")
    }
}
