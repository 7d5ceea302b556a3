import Documents
import Foundation
import Reports
import TestSupport
import Testing

/// `report.html` opened in a real browser, as a reader would.
@Suite(.enabled(if: Browser.program != nil, Browser.skipped)) struct ReportPageTests {
    private struct Figures: Decodable {
        let count: Int
        let hidden: [String]
        let pageWidth: Int
        let frameWidth: Int
        let ground: String
    }

    @Test(arguments: [(400, false), (1400, false), (1400, true)])
    func everyFigureIsVisibleAndTheConsoleIsQuiet(_ width: Int, _ isDark: Bool) throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let outcome = try Browser.open(
                bench.url("reports/small/report.html"), width: width, isDark: isDark,
                running: """
                    const figures = Array.from(page.querySelectorAll("section.cell:not([hidden]) figure, main > figure"));
                    const hidden = figures.filter((figure) => {
                      const [box, picture] = [figure, figure.querySelector("svg")].map((part) => part.getBoundingClientRect());
                      return box.left < 0 || box.right > view.innerWidth || picture.width < 300 || picture.height < 100;
                    });
                    return {
                      count: figures.length, hidden: hidden.map((figure) => figure.querySelector("title").textContent),
                      pageWidth: page.scrollingElement.scrollWidth, frameWidth: view.innerWidth,
                      ground: view.getComputedStyle(page.body).backgroundColor,
                    };
                    """)
            #expect(outcome.console.isEmpty)
            let found = try JSONDecoder().decode(Figures.self, from: Data(outcome.result.utf8))
            #expect(found.count >= 2 && found.hidden.isEmpty, "\(found)")
            #expect(found.frameWidth == width && found.pageWidth <= width, "\(found)")
            #expect(found.ground == (isDark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)"))
        }
    }

    private struct Listed: Decodable {
        let clips: [String]
        let sources: [String]
        let left: Int
        let note: String?
    }

    /// Clicks the field of the first cell's matrix with this label and answer.
    private func listing(_ label: Int, _ predicted: Int, then afterwards: String = "") -> String {
        """
        const section = page.querySelector("section.cell");
        const field = section.querySelector(`g[data-label="\(label)"][data-predicted="\(predicted)"]`);
        field.dispatchEvent(new view.MouseEvent("click", { bubbles: true }));
        const clips = Array.from(section.querySelectorAll(".clips tbody td:first-child code")).map((one) => one.textContent);
        const players = Array.from(section.querySelectorAll(".clips audio"));
        const sources = players.map((one) => one.src);
        \(afterwards)
        const note = section.querySelector(".clips .note");
        const left = section.querySelectorAll(".clips audio").length;
        return { clips, sources, left, note: note && note.textContent };
        """
    }

    /// The clips of the first cell by label and answer, as `predictions.csv` has them, in the order of the classes.
    private func answers(_ bench: Workbench) throws -> (classes: [String], clips: [[String]: Set<String>]) {
        let table = try CSVRows(try bench.text("reports/small/predictions.csv"))
        let first = table.rows[0].fields[0]
        let rows = table.rows.map(\.fields).filter { $0[0] == first }
        let clips = Dictionary(grouping: rows) { [$0[4], $0[5]] }.mapValues { Set($0.map { $0[2] }) }
        return (table.header.dropFirst(6).map { String($0.dropFirst(2)) }, clips)
    }

    @Test func aClickListsTheRightClipsAndEachCanBeHeard() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let (classes, clips) = try answers(bench)
            for (pair, expected) in clips.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).prefix(2) {
                let places = try pair.map { try #require(classes.firstIndex(of: $0)) }
                let outcome = try Browser.open(
                    bench.url("reports/small/report.html"), width: 1000, running: listing(places[0], places[1]))
                let listed = try JSONDecoder().decode(Listed.self, from: Data(outcome.result.utf8))
                #expect(Set(listed.clips) == expected && listed.clips.count == expected.count, "\(pair)")
                #expect(listed.sources.count == expected.count)
                for source in listed.sources {
                    let path = try #require(URL(string: source)).path
                    #expect(FileManager.default.fileExists(atPath: path), "\(path)")
                }
                #expect(listed.left == expected.count && listed.note == nil && outcome.console.isEmpty)
            }
        }
    }

    @Test func aReaderWithoutTheCorpusSeesTheNames() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try FileManager.default.createDirectory(at: bench.url("sent"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: bench.url("reports/small/report.html"), to: bench.url("sent/report.html"))
            let (classes, clips) = try answers(bench)
            let (pair, expected) = try #require(clips.max { $0.value.count < $1.value.count })
            let places = try pair.map { try #require(classes.firstIndex(of: $0)) }
            let outcome = try Browser.open(
                bench.url("sent/report.html"), width: 1000,
                running: listing(
                    places[0], places[1],
                    // What a browser does where nothing lies; when it does is up to it.
                    then: "players.forEach((one) => one.dispatchEvent(new view.Event('error')));"))
            let listed = try JSONDecoder().decode(Listed.self, from: Data(outcome.result.utf8))
            #expect(Set(listed.clips) == expected)
            #expect(listed.left == 0)
            #expect(listed.note == "Clips without a player are not where they were when this was written.")
        }
    }

    @Test func figuresSortAsFiguresHoweverTheyAreWritten() throws {
        let rows =
            [["0.01", "< 0.0001", "[44.0, 45.0]", "a2"], ["0.0003", "0.5", "[3.5, 9.0]", "a10"]]
            + [["1e-05", "0.03", "–", "a1"], ["0.001", "0.0002", "[5.0, 6.0]", "b"]]
        let table = Table(columns: ["rate", "p", "interval", "name"].map { .words($0) }, rows: rows)
        try withTemporaryDirectory { directory in
            let page = Page(title: "t", body: [Block.table(table)].html(isSortable: true))
            try Data(page.text.utf8).write(to: directory.appendingPathComponent("t.html"))
            let outcome = try Browser.open(
                directory.appendingPathComponent("t.html"), width: 1000,
                running: """
                    const table = page.querySelector("table");
                    return Array.from(table.querySelectorAll("th"), (heading, column) => {
                      const event = new view.KeyboardEvent("keydown", { key: "Enter", bubbles: true });
                      heading.querySelector(".sort").dispatchEvent(event);
                      return Array.from(table.tBodies[0].rows, (row) => row.cells[column].textContent);
                    });
                    """)
            let sorted = try JSONDecoder().decode([[String]].self, from: Data(outcome.result.utf8))
            #expect(
                sorted == [
                    ["1e-05", "0.0003", "0.001", "0.01"], ["< 0.0001", "0.0002", "0.03", "0.5"],
                    ["[3.5, 9.0]", "[5.0, 6.0]", "[44.0, 45.0]", "–"], ["a1", "a2", "a10", "b"],
                ])
        }
    }

    @Test func tablesAreSortedByAnyColumnAndTheOtherCellCanBeShown() throws {
        struct Seen: Decodable {
            let ascending: [Double]
            let descending: [Double]
            let shown: [String]
            let choices: [String]
        }
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let outcome = try Browser.open(
                bench.url("reports/small/report.html"), width: 1000,
                running: """
                    const tables = Array.from(page.querySelectorAll("table.sortable"));
                    const table = tables.find((one) => one.textContent.includes("control"));
                    const column = Array.from(table.querySelectorAll("th")).findIndex((one) => one.textContent === "UA %");
                    const read = () => Array.from(table.tBodies[0].rows).map((row) => parseFloat(row.cells[column].textContent));
                    const press = () => table.querySelectorAll("th")[column].querySelector(".sort").click();
                    press();
                    const ascending = read();
                    press();
                    const list = page.querySelector("#cell-choice");
                    const choices = Array.from(list.options).map((one) => one.value);
                    list.value = choices[1];
                    list.dispatchEvent(new view.Event("change"));
                    const shown = Array.from(page.querySelectorAll("section.cell:not([hidden])"));
                    return { ascending, descending: read(), choices, shown: shown.map((one) => one.dataset.cell) };
                    """)
            let seen = try JSONDecoder().decode(Seen.self, from: Data(outcome.result.utf8))
            #expect(seen.ascending.count == 3 && seen.ascending == seen.ascending.sorted())
            #expect(seen.descending == seen.ascending.reversed())
            #expect(seen.choices.count == 2 && seen.shown == [seen.choices[1]])
            #expect(outcome.console.isEmpty)
        }
    }
}
