import Testing

@testable import Reports

@Suite struct PictureFilesTests {
    @Test func plainIdsNameTheirFiles() {
        #expect(cell("loso-12_s0.1").confusionFile == "confusion-loso-12_s0.1.svg")
    }

    @Test func whatFileNamesOrLinksTripOverIsWrittenInHexadecimal() {
        #expect(cell("a/b ü").idForFiles == "a~2fb~20~c3~bc")
        #expect(cell("a/b-1").idForPages == "a-2fb-2d1")
    }

    @Test func curvesNeedAHistory() {
        #expect(cell("a").curvesFile == nil)
        #expect(cell("a", history: [epoch(1)]).curvesFile == "curves-a.svg")
    }
}
