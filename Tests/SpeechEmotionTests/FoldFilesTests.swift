import Diagnosis
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct FoldFilesTests {
    @Test func readsPartsOfClips() throws {
        let file = try read("fold,clip,part\na,1.wav,test\na,3.wav,train\na,2.wav,validation\n")
        let folds = try SplitProtocol.listed(file.listed).folds(of: clips, validation: .none, seed: 0)
        #expect(folds == [Fold(name: "a", train: [2], validation: [1], test: [0])])
    }

    @Test func withoutPartsTheListedClipsAreTested() throws {
        let file = try read("fold,clip\na,1.wav\na,2.wav\nb,3.wav\nb,4.wav\n")
        let folds = try SplitProtocol.listed(file.listed).folds(of: clips, validation: .none, seed: 0)
        #expect(folds.map(\.test) == [[0, 1], [2, 3]])
        #expect(folds.map(\.train) == [[2, 3], [0, 1]])
    }

    @Test func speakersStandForTheirClips() throws {
        let file = try read("speaker,fold\ns1,a\ns2,b\n")
        let folds = try SplitProtocol.listed(file.listed).folds(of: clips, validation: .none, seed: 0)
        #expect(folds.map(\.test) == [[0, 1], [2, 3]])
    }

    @Test func anExportedListOfOneCellIsTaken() throws {
        #expect(throws: Never.self) {
            try read("cell,fold,clip,part\n0123,a,1.wav,test\n0123,a,2.wav,train\n")
        }
    }

    @Test func theSameBytesAreReadOnceAndHaveOneDigest() throws {
        try withTemporaryDirectory { directory in
            let path = directory.appendingPathComponent("folds.csv").path
            try Data("fold,clip\na,1.wav\n".utf8).write(to: URL(fileURLWithPath: path))
            let files = FoldFiles()
            let first = try files.folds(in: path)
            try FileManager.default.removeItem(atPath: path)
            #expect(try files.folds(in: path).digest == first.digest)
        }
    }

    @Test(arguments: [
        ("fold,part\na,test\n", "found:    fold, part"),
        ("clip,part\n1.wav,test\n", "found:    clip, part"),
        ("fold,clip\na\n", "found:    1 fields"),
        ("fold,clip,part\na,1.wav,tset\n", "found:    part \"tset\""),
        ("fold,clip\n", "found:    a header alone"),
        ("fold,clip\nall,1.wav\n", "found:    fold \"all\""),
        ("fold,clip\n,1.wav\n", "found:    fold \"\""),
        ("cell,fold,clip\nx,a,1.wav\ny,a,2.wav\n", "found:    2 cells: x, y"),
        ("fold,clip\na,\"1.wav\n", "line 2"),
    ])
    func aListThatMakesNoSenseIsRefusedWithItsPlace(text: String, fact: String) {
        let error = #expect(throws: (any Error).self) { try read(text) }
        let diagnosis = (error as? any DiagnosableError)?.diagnosis
        #expect(diagnosis?.description.contains(fact) == true, "\(String(describing: error))")
        #expect(diagnosis?.exit == .badData)
    }

    @Test func aListOfMoreFoldsThanThereMayBeIsRefusedBeforeAnyIsMade() {
        let rows = (0..<20_000).map { "f\($0),1.wav\n" }.joined()
        #expect(throws: EvaluationError.tooManyFolds(20_000, clips: nil, protocolName: "own-folds")) {
            try read("fold,clip\n" + rows)
        }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: CSVListError.self) { try read(Data([0x66, 0xFF, 0xFE])) }
    }

    private let clips = (1...4).map { number in
        LabelledClip(path: "\(number).wav", content: "\(number)", speaker: number < 3 ? "s1" : "s2", label: number % 2)
    }

    private func read(_ text: String) throws -> FoldFile { try read(Data(text.utf8)) }

    private func read(_ data: Data) throws -> FoldFile {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("folds.csv")
            try data.write(to: file)
            return try FoldFile(file.path)
        }
    }
}
