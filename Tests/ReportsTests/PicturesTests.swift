import Foundation
import Testing

@testable import Reports

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct PicturesTests {
    @Test(arguments: ReportCase.allCases) func picturesAreWellFormedAndNeedNothingFromOutside(
        _ reportCase: ReportCase
    ) throws {
        let files = try rendered(reportCase.report, reportCase.cells)
        for (name, text) in files where name.hasSuffix(".svg") {
            #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name)")
            #expect(!text.contains("<script") && !text.contains("href") && !text.contains("url("))
        }
    }
}
