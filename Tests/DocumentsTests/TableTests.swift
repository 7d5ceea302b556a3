import Documents
import Testing

@Suite struct TableTests {
    @Test func columnsOfFiguresStandAtTheRight() {
        let table = Table(columns: [.words("fold"), .figures("UA %")], rows: [["`a`", "50.00"]])
        #expect([Block.table(table)].markdown == "| fold | UA % |\n| :-- | --: |\n| `a` | 50.00 |\n")
        #expect(
            [Block.table(table)].html(isSortable: true).contains(
                "<td><code>a</code></td><td class=\"figures\">50.00</td>"))
    }
}
