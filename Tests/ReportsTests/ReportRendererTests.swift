import Foundation
import Reports
import TestSupport
import Testing

/// Every file of a report compared with checked-in text.
@Suite struct ReportRendererTests {
    @Test(arguments: ReportCase.allCases) func writesWhatIsCheckedIn(_ reportCase: ReportCase) throws {
        try expectGolden(rendered(reportCase.report, reportCase.cells), in: "reports/\(reportCase.rawValue)")
    }

    @Test(arguments: ReportCase.allCases) func theSameValuesGiveTheSameBytes(_ reportCase: ReportCase) throws {
        let first = try rendered(reportCase.report, reportCase.cells)
        #expect(try rendered(reportCase.report, reportCase.cells) == first)
    }

    @Test func aCellsPredictionsAreWrittenBeforeTheNextIsAsked() throws {
        var written: [String] = []
        let cells = [cell("a"), cell("b")]
        let renderer = try ReportRenderer(Report(title: "t", question: ""), cells: cells.map(\.cell)) {
            if $0.file == "predictions.csv" { written.append($0.text) }
        }
        try renderer.add(cells[0].folds)
        #expect(written.count == 2)
        #expect(written.last == "a,fold-1,0.wav,0,x,x,1.0,0.0\na,fold-1,1.wav,1,y,y,0.0,1.0\n")
    }

    @Test func classesThatACellLacksStayEmpty() throws {
        let files = try rendered(
            Report(title: "t", question: ""), [cell("a"), cell("b", classes: ["y", "z"], answers: [(0, 1)])])
        let rows = try #require(files["predictions.csv"]).split(separator: "\n")
        #expect(rows[0] == "cell,fold,clip,speaker,label,predicted,p_x,p_y,p_z")
        #expect(rows[1] == "a,fold-1,0.wav,0,x,x,1.0,0.0,")
        #expect(rows.last == "b,fold-1,0.wav,0,y,z,,0.0,1.0")
    }

    @Test func picturesAreDrawnOfTheFirstCellsAndTheRestIsCounted() throws {
        let files = try rendered(
            Report(title: "t", question: "", picturedCells: 1),
            [cell("a"), cell("b", layer: "6"), cell("c", layer: "7")])
        #expect(files.keys.filter { $0.hasPrefix("confusion-") } == ["confusion-a.svg"])
        #expect(files["report.md"]?.contains("Pictures of other cells") == false)
    }

    @Test func controlsHaveATableOfTheirOwnAndNoPredictions() throws {
        let files = try rendered(Report(title: "t", question: ""), [cell("a"), cell("m", isControl: true)])
        for name in ["metrics.csv", "confusion.csv", "predictions.csv"] {
            #expect(files[name]?.contains("\nm,") == false, "\(name)")
        }
        #expect(files["controls.csv"]?.contains("\nm,three-fold,12,linear,0,all,ua,1.0,") == true)
    }
}
