import Diagnosis
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct StageFileTests {
    private func expectError(_ message: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expectDiagnosis(message, exit: .badData, sourceLocation: sourceLocation) { try stageFile(text) }
    }

    @Test func theSampleIsReadWhole() throws {
        let file = try stageFile(sampleStageFile)
        #expect(file.name == "ravdess-speaker-cv")
        #expect(
            file.question == """
                Does a head trained on some speakers recognise the emotions of others?
                EmoBox's folds beside leave-one-speaker-out.
                """)
        #expect(file.declarations.map(\.name) == ["clips", "embeddings", "heads", "wide-heads", "report"])
        #expect(file.declarations.map(\.kind) == ["corpus", "embed", "train", "train", "report"])
        #expect(
            file.declarations.map(\.needs) == [[], ["clips"], ["embeddings"], ["embeddings"], ["heads", "wide-heads"]])
        let title = try #require(file.declarations.last).parameters.reader().required("title", .text)
        #expect(title == "What *is* it?")
    }

    @Test func aFileIsReadFromDisk() throws {
        try withTemporaryDirectory { directory in
            let url = directory.appendingPathComponent("x.yaml")
            try Data(sampleStageFile.utf8).write(to: url)
            #expect(try StageFile(contentsOf: url).declarations.count == 5)
        }
    }

    @Test(arguments: [
        ("name: x\n# later", ""), ("\n\n#  a \n#b\nname: x", "a b"), ("## a\n#\n#\n# b\n\n# c\nname: x", "a\nb"),
        ("#\nname: x", ""), ("\u{feff}# a\r\n# b\r\nname: x", "a b"),
    ])
    func theQuestionIsTheFirstCommentBlock(_ head: String, _ question: String) throws {
        #expect(try stageFile(head + "\nstages: {a: {kind: k}}").question == question)
    }

    @Test func filesThatCannotBeReadSaySo() throws {
        expectDiagnosis(
            """
            there is no such stage file
              where:    no/such.yaml
              try:      ls pipelines
            """, exit: .missingInput
        ) { try StageFile(contentsOf: URL(fileURLWithPath: "no/such.yaml")) }
        try withTemporaryDirectory { directory in
            expectDiagnosis(
                """
                cannot read the stage file
                  where:    \(directory.relativePath)
                  expected: a readable file
                """, exit: .missingInput
            ) { try StageFile(contentsOf: directory) }
        }
    }

    @Test func filesThatAreTooLargeOrNotTextAreRefused() throws {
        try withTemporaryDirectory { directory in
            let url = directory.appendingPathComponent("x.yaml")
            try Data(repeating: 0x20, count: (1 << 20) + 1).write(to: url)
            expectDiagnosis(
                """
                the stage file is too large
                  where:    \(url.relativePath)
                  expected: at most 262144 bytes
                """, exit: .badData
            ) { try StageFile(contentsOf: url) }
            try Data([0x61, 0xff]).write(to: url)
            expectDiagnosis(
                """
                the stage file is not text
                  where:    \(url.relativePath)
                  expected: UTF-8
                """, exit: .badData
            ) { try StageFile(contentsOf: url) }
        }
    }

    @Test func anEndlessFileIsFoundOut() throws {
        expectDiagnosis(
            """
            the stage file is too large
              where:    /dev/zero
              expected: at most 262144 bytes
            """, exit: .badData
        ) { try StageFile(contentsOf: URL(fileURLWithPath: "/dev/zero")) }
    }

    @Test(arguments: ["../x", "a/b", "A", "a b", "-a", "a.b", "..", "é", String(repeating: "a", count: 101)])
    func namesThatCouldNotNameAFolderAreRefused(_ name: String) {
        let shown = name.count > 60 ? name.prefix(60) + "…" : name
        let excerpt = name.count > 88 ? "name: \(name.prefix(82))…" : "name: \(name)"
        expectError(
            """
            wrong value for 'name'
              where:    x.yaml:1:7 (name)
                        1 | \(excerpt)
              found:    "\(shown)" (text)
              expected: lower-case letters, digits and hyphens, at most 100, the first no hyphen
            """, "name: \(name)\nstages: {a: {kind: k}}")
    }

    @Test func whatIsNoMappingIsRefused() {
        expectError(
            """
            wrong value
              where:    x.yaml:1:1
                        1 | [1]
              found:    a list of 1
              expected: a mapping with the keys name, stages
            """, "[1]")
    }

    @Test func unknownAndMissingKeysAtTheTopAreErrors() {
        expectError(
            """
            missing key 'stages'
              where:    x.yaml:1:1
                        1 | name: x
              expected: a mapping from the names of stages to their parameters
              try:      rename 'stage' to 'stages'
            """, "name: x\nstage: {}")
        expectError(
            """
            unknown key 'jobs'
              where:    x.yaml:2:1 (jobs)
                        2 | jobs: 2
              expected: one of name, stages
            """, "name: x\njobs: 2\nstages: {a: {kind: k}}")
    }

    @Test func aFileWithoutStagesIsRefused() {
        expectError(
            """
            wrong value for 'stages'
              where:    x.yaml:2:9 (stages)
                        2 | stages: {}
              found:    an empty mapping
              expected: a mapping from the names of stages to their parameters
            """, "name: x\nstages: {}")
    }
}

@Suite struct StageFileMutationTests {
    /// Whatever happens to its bytes, a file is read or refused with a diagnosis.
    @Test func damagedFilesAreReadOrRefused() throws {
        var random = SplitMix64(seed: 7)
        var read = 0
        for _ in 0..<2_000 {
            var bytes = Array(sampleStageFile.utf8)
            for _ in 0...random.below(4) { mutate(&bytes, &random) }
            do {
                let file = try StageFile(text: String(decoding: bytes, as: UTF8.self), named: "x.yaml")
                for declaration in file.declarations {
                    _ = try ParameterGrid(expanding: declaration.parameters, lists: ["head.hidden": .axisOfLists])
                }
                read += 1
            } catch let error as any DiagnosableError {
                #expect(!error.diagnosis.description.isEmpty)
            }
        }
        #expect(read > 100)
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let indicators = Array("*&?:-[]{},#|>!%@`'\"\n\t <~\u{0}".utf8)
        let position = random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[position] = indicators[random.below(indicators.count)]
        case 1: bytes.insert(indicators[random.below(indicators.count)], at: position)
        case 2: bytes[position] = UInt8(random.below(256))
        case 3: bytes.removeSubrange(position..<min(bytes.count, position + 1 + random.below(20)))
        default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 30)], at: position)
        }
        if bytes.isEmpty { bytes = [0x61] }
    }
}
