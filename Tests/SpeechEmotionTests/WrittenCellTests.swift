import Foundation
import Reports
import TestSupport
import Testing

@testable import SpeechEmotion

/// Reports that a stranger wrote to be costly: a matrix of the classes is kept for each speaker, and speakers are drawn.
@Suite struct WrittenCellTests {
    @Test func asManyClassesAndSpeakersAsThereMayBeAreRead() throws {
        let result = try read(classes: classNames(WrittenCell.mostClasses), speakers: 3)
        #expect(result.cell.classes.count == 32 && result.folds.flatMap(\.predictions).count == 3)
        let crowd = try read(classes: classNames(2), speakers: WrittenCell.mostSpeakers)
        #expect(crowd.folds.flatMap(\.predictions).count == 2_000)
    }

    @Test(arguments: [([], 0), (["a"], 1), (["a", "b", "a"], 3), (classNames(33), 33)])
    func classesThatMakeNoMatrixAreRefused(_ classes: [String], _ count: Int) throws {
        try expectRefusal(
            classes: classes, speakers: 1, file: "cells.csv", found: "\(count) names of classes for cell a1",
            expected: "2 to 32 classes, each once")
    }

    @Test func moreSpeakersThanCanBeDrawnAreRefused() throws {
        try expectRefusal(
            classes: ["a", "b"], speakers: 2_001, file: "predictions.csv", found: "2001 speakers",
            expected: "at most 2000")
    }

    private func read(classes: [String], speakers: Int) throws -> ComparedResult {
        try withReport(classes: classes, speakers: speakers) { try WrittenCell(of: $0).result(of: nil, named: "r") }
    }

    private func expectRefusal(
        classes: [String], speakers: Int, file: String, found: String, expected: String
    ) throws {
        try withReport(classes: classes, speakers: speakers) { folder in
            expectDiagnosis(
                """
                a report's file cannot be read
                  where:    \(folder.path)/\(file)
                  found:    \(found)
                  expected: \(expected)
                  try:      timbre run PIPELINE.yaml writes it anew
                """, exit: .badData
            ) { try WrittenCell(of: folder).result(of: nil, named: "r") }
        }
    }

    /// A report of one cell in which each speaker has one clip of the first class.
    private func withReport<Result>(
        classes: [String], speakers: Int, _ body: (URL) throws -> Result
    ) throws -> Result {
        try withTemporaryDirectory { folder in
            let list = "[\(classes.map { "\"\"\($0)\"\"" }.joined(separator: ","))]"
            let cells = """
                cell,protocol,folds_sha256,speaker_independent,transductive,control,labels,encoder,layer,head,seed,classes,\
                corpus_sha256,recipe_sha256,stamps
                a1,three-fold,00,true,false,false,,,12,256,0,"\(list)",,,

                """
            let columns = "cell,fold,clip,speaker,label,predicted" + classes.map { ",p_\($0)" }.joined()
            let shares = (["1"] + classes.dropFirst().map { _ in "0" }).joined(separator: ",")
            let first = classes.first ?? ""
            let rows = (0..<speakers).map { "a1,one,\($0).wav,s\($0),\(first),\(first),\(shares)" }
            try Data(cells.utf8).write(to: folder.appendingPathComponent("cells.csv"))
            try Data((([columns] + rows).joined(separator: "\n") + "\n").utf8)
                .write(to: folder.appendingPathComponent("predictions.csv"))
            return try body(folder)
        }
    }
}

private func classNames(_ count: Int) -> [String] { (0..<count).map { "c\($0)" } }
