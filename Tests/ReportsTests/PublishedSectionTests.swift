import Testing

@testable import Reports

@Suite struct PublishedSectionTests {
    @Test func nothingPublishedIsNoSection() {
        #expect(blocks(of: [cell("a")], published: []).isEmpty)
    }

    @Test func figuresOfTheSameProtocolStandFirstAndEveryRowNamesItsProtocol() throws {
        let table = try #require(blocks(of: [cell("a")], published: [random, threeFold]).dropFirst(2).first)
        let rows = table.split(separator: "\n").dropFirst(2).map { row in
            row.split(separator: "|").prefix(2).map { $0.drop { $0 == " " } }.map { String($0.dropLast()) }
        }
        #expect(
            rows == [
                ["**measured here**, `a`", "`three-fold`, speaker-independent"], ["Same (2024)", "`three-fold`"],
                ["Other (2023)", "`random`"],
            ])
    }

    @Test func eachMeasuredProtocolHasATableOfItsOwn() {
        let blocks = blocks(of: [cell("a"), cell("b", protocolName: "random")], published: [random])
        #expect(blocks.count == 5)
        #expect(blocks[1].contains("they are not a ranking"))
        #expect(blocks[4] == "- Other (2023): One split. Measured once.")
    }

    private let threeFold = PublishedResult(
        source: "Same (2024)", protocolName: "three-fold", protocolSummary: "Three folds.", uar: 0.5)
    private let random = PublishedResult(
        source: "Other (2023)", protocolName: "random", protocolSummary: "One split.", accuracy: 0.9,
        note: "Measured once.")

    private func blocks(of cells: [CellCase], published: [PublishedResult]) -> [String] {
        PublishedSection(groups: groups(cells), published: published).blocks
    }
}
