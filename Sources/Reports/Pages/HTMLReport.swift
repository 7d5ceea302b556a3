import Documents
import Drawing

/// `report.html`: the answer first, cells at length with clips to listen to, what cells say together, provenance last.
struct HTMLReport {
    let sections: ReportSections
    /// What the page has of each cell with pictures.
    let details: [String]
    let answers: ClipAnswers

    var text: String {
        let pictures = Dictionary(uniqueKeysWithValues: sections.findings.pictures)
        let answer = "<div class=\"answer\">\n\(sections.answer.opening.html())</div>\n"
        let together = sections.together.html(pictures: pictures, isSortable: true) + sections.published.html()
        let cells = [Block.heading("Every cell", level: 2)] + sections.answer.tables(mostRows: .max)
        let end = sections.excluded + sections.files + sections.provenance
        let body =
            sections.opening.html() + answer + details.joined() + together + cells.html(isSortable: true) + end.html()
        return Page(
            title: sections.report.title, body: body, data: [("answers", answers.json)],
            palette: sections.report.palette
        ).text
    }
}
