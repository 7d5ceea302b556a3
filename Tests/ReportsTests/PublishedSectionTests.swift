import Documents
import Testing

@testable import Reports

@Suite struct PublishedSectionTests {
    @Test func nothingPublishedIsNoSection() {
        #expect(blocks(of: [cell("a")], published: []).isEmpty)
    }

    @Test func figuresOfTheSameProtocolStandFirstAndEveryRowNamesItsProtocol() {
        guard case .table(let table) = blocks(of: [cell("a")], published: [random, threeFold])[2] else {
            Issue.record("a table expected")
            return
        }
        let rows = table.rows.map { Array($0.prefix(2)) }
        #expect(
            rows == [
                ["**measured here**, `a`", "`three-fold`, speaker-independent"], ["Same (2024)", "`three-fold`"],
                ["Other (2023)", "`random`"],
            ])
    }

    @Test func eachMeasuredProtocolHasATableOfItsOwn() {
        let blocks = blocks(of: [cell("a"), cell("b", protocolName: "random")], published: [random])
        #expect(blocks.count == 5)
        #expect([blocks[1]].markdown.contains("they are not a ranking"))
        #expect(blocks[4] == .list(["Other (2023): One split. Measured once."]))
    }

    private let threeFold = PublishedResult(
        source: "Same (2024)", protocolName: "three-fold", protocolSummary: "Three folds.", uar: 0.5)
    private let random = PublishedResult(
        source: "Other (2023)", protocolName: "random", protocolSummary: "One split.", accuracy: 0.9,
        note: "Measured once.")

    private func blocks(of cells: [CellCase], published: [PublishedResult]) -> [Block] {
        PublishedSection(groups: groups(cells), published: published).blocks
    }
}
