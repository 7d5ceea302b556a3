import Testing

@testable import Reports

@Suite struct PictureFilesTests {
    @Test func plainIdsNameTheirFiles() {
        #expect(cell("loso-12_s0.1").cell.confusionFile == "confusion-loso-12_s0.1.svg")
    }

    @Test func whatFileNamesOrLinksTripOverIsWrittenInHexadecimal() {
        #expect(cell("a/b ü").cell.idForFiles == "a~2fb~20~c3~bc")
        #expect(cell("a/b-1").cell.idForPages == "a-2fb-2d1")
    }

    @Test func curvesAreNamedAlike() {
        #expect(cell("a").cell.curvesFile == "curves-a.svg")
        #expect(cell("a/1").cell.reliabilityFile == "reliability-a~2f1.svg")
        #expect(cell("a/1").cell.speakersFile == "speakers-a~2f1.svg")
    }
}
