import Diagnosis
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct TableLayoutTests {
    @Test func aRowGivesPathLabelSpeakerAndSex() throws {
        try withTable("take,path,speaker,sex,label\n1,a/1.wav,x,F,sad\n2,2.wav,y,male,happy\n3,3.wav,x,,sad\n") {
            layout, root in
            #expect(layout.classes == ["happy", "sad"])
            try write(["a/1.wav", "2.wav", "3.wav", "unnamed.wav"], in: root)
            let clips = try layout.clips(under: root)
            #expect(clips.map(\.path) == ["2.wav", "3.wav", "a/1.wav"])
            #expect(
                try clips.map { try $0.description.get() } == [
                    ClipDescription(speaker: "y", label: 0, sex: .male),
                    ClipDescription(speaker: "x", label: 1, sex: nil),
                    ClipDescription(speaker: "x", label: 1, sex: .female),
                ])
        }
    }

    @Test func columnsMayHaveTheFilesOwnNames() throws {
        let columns = ClipTableColumns(path: "file", label: "emotion", speaker: "actor", sex: "gender")
        try withTable("file,emotion,actor,gender\n1.wav,sad,a,f\n", columns) { layout, _ in
            #expect(layout.classes == ["sad"])
        }
    }

    @Test func aColumnOfSexesThatIsNamedHasToBeThere() {
        #expect(throws: CSVListError.self) {
            try withTable("path,label,speaker,sex\n1.wav,sad,a,f\n", ClipTableColumns(sex: "gendr")) { _, _ in }
        }
    }

    @Test func clipsThatAreNotThereAreProblems() throws {
        try withTable("path,label,speaker\n1.wav,sad,x\n2.wav,sad,x\n") { layout, root in
            try write(["1.wav"], in: root)
            #expect(try layout.clips(under: root).map(\.path) == ["1.wav"])
            #expect(
                layout.incompleteness(of: ["1.wav"]) == [
                    CorpusProblem(path: "2.wav", reason: "a clip of the table, is missing")
                ])
        }
    }

    @Test func aTableOfAnotherPlaceIsToldFromAnEmptyFolder() throws {
        try withTable("path,label,speaker\nwav/1.wav,sad,x\n") { layout, root in
            #expect(throws: CorpusError.empty(root: root.relativePath)) { try layout.clips(under: root) }
            try write(["1.wav"], in: root)
            #expect(throws: CorpusError.noneOfTheTable(root: root.relativePath, example: "wav/1.wav")) {
                try layout.clips(under: root)
            }
        }
    }

    @Test(arguments: [
        ("path,label\n1.wav,sad\n", "found:    path, label"),
        ("path,label,speaker\n../1.wav,sad,x\n", "found:    path \"../1.wav\""),
        ("path,label,speaker\n../\u{301}1.wav,sad,x\n", "found:    path"),
        ("path,label,speaker\n/1.wav,sad,x\n", "line 2"), ("path,label,speaker\na//1.wav,sad,x\n", "line 2"),
        ("path,label,speaker\n./1.wav,sad,x\n", "line 2"), ("path,label,speaker\n,sad,x\n", "line 2"),
        ("path,label,speaker\n1.wav,,x\n", "found:    label \"\""),
        ("path,label,speaker\n1.wav,sad,\n", "found:    speaker \"\""),
        ("path,label,speaker\n1.wav,a\u{1b}b,x\n", "line 2"),
        ("path,label,speaker\n1.wav,sad,ben \n", "found:    speaker \"ben \""),
        ("path,label,speaker\n1.wav,\u{a0}sad,ben\n", "found:    label"),
        ("path,label,speaker,label\n1.wav,sad,ben,joy\n", "found:    two columns called label"),
        ("path,label,speaker\n1.wav,sad,x\n1.wav,sad,x\n", "lines 2 and 3"),
        ("path,label,speaker\n1.wav,sad\n", "found:    2 fields"), ("path,label,speaker\n", "found:    a header alone"),
        ("path,label,speaker\n" + (0...100).map { "\($0).wav,\($0),x\n" }.joined(), "found:    101 different labels"),
    ])
    func aTableThatMakesNoSenseIsRefusedWithItsPlace(text: String, fact: String) {
        let error = #expect(throws: (any Error).self) { try withTable(text) { _, _ in } }
        let diagnosis = (error as? any DiagnosableError)?.diagnosis
        #expect(diagnosis?.description.contains(fact) == true, "\(String(describing: error))")
        #expect(diagnosis?.exit == .badData)
    }

    private func withTable(
        _ text: String, _ columns: ClipTableColumns = ClipTableColumns(), _ body: (TableLayout, URL) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            let (table, root) = (directory.appendingPathComponent("t.csv"), directory.appendingPathComponent("clips"))
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: table)
            try body(try TableLayout(table.path, columns: columns), root)
        }
    }

    private func write(_ paths: [String], in root: URL) throws {
        for path in paths {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
        }
    }
}
