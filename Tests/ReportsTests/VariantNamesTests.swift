import Testing

@testable import Reports

@Suite struct VariantNamesTests {
    @Test func onlyWhatDiffersIsNamed() {
        let cells = ["none", "train"].flatMap { scaling in
            ["0", "1"].map { layer in
                cell(
                    scaling + layer, layer: layer, head: "MLP, \(scaling)",
                    axes: [("head.dropout", "0.3"), ("layer", layer), ("standardize", scaling)]
                ).cell
            }
        }
        #expect(names(cells) == ["standardize none", "standardize none", "standardize train", "standardize train"])
    }

    @Test func encodersGoByTheirNamesAlone() {
        let cells = ["base", "random"].map { cell($0, encoder: $0, axes: [("encoder", $0), ("seed", "0")]).cell }
        #expect(names(cells) == ["base", "random"])
    }

    @Test func withoutAGridTheHeadIsTheName() {
        #expect(names([cell("a", head: "MLP").cell, cell("b", head: "linear").cell]) == ["MLP", "linear"])
        #expect(names([cell("a", head: "MLP").cell]) == ["MLP"])
    }

    private func names(_ cells: [ReportCell]) -> [String] {
        let names = VariantNames(among: cells)
        return cells.map { names.name(of: $0) }
    }
}
