import Foundation
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FileHashingTests {
    @Test func aFilesDigestIsThatOfItsBytes() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a")
            for count in [0, 1, 262_144, 262_145, 1_000_000] {
                let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                try bytes.write(to: file)
                #expect(try Digest(hashingFile: file) == Digest(hashing: bytes))
            }
        }
    }

    @Test func resultsStandInTheOrderOfThePaths() throws {
        try withTemporaryDirectory { directory in
            let paths = (0..<40).map { directory.appendingPathComponent("\($0)").path }
            for path in paths { try Data(path.utf8).write(to: URL(fileURLWithPath: path)) }
            let digests = try hashFiles(paths, workers: 3).map { try $0.get().digest }
            #expect(digests == paths.map { Digest(hashing: Data($0.utf8)) })
            #expect(hashFiles([], workers: 3).isEmpty)
        }
    }

    @Test func aFileThatIsNotThereIsAnError() throws {
        try withTemporaryDirectory { directory in
            let path = directory.appendingPathComponent("absent").path
            expectDiagnosis(
                """
                cannot read the file
                  where:    \(path)
                  found:    no such file or directory
                  try:      ls -l \(path)
                """, exit: .missingInput
            ) { try Digest(hashingFile: URL(fileURLWithPath: path)) }
        }
    }

    @Test func aPipeIsAnErrorAndNobodyWaits() throws {
        try withTemporaryDirectory { directory in
            let pipe = directory.appendingPathComponent("pipe")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            expectDiagnosis(notRegular(pipe), exit: .badData) { try Digest(hashingFile: pipe) }
        }
    }

    @Test func aDirectoryIsAnError() throws {
        try withTemporaryDirectory { directory in
            expectDiagnosis(notRegular(directory), exit: .badData) { try Digest(hashingFile: directory) }
        }
    }

    @Test func aFileThatChangesOnceIsReadAgain() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a")
            try Data("one".utf8).write(to: file)
            var changes = 0
            let hashed = try HashedFile(path: file.path) {
                if changes == 0 { try append("!", to: file) }
                changes += 1
            }
            #expect(hashed.digest == Digest(hashing: Data("one!".utf8)))
            #expect(changes == 2)
        }
    }

    @Test func aFileThatDoesNotHoldStillIsAnError() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a")
            try Data("one".utf8).write(to: file)
            expectDiagnosis(
                """
                the file changed while it was read
                  where:    \(file.path)
                  try:      run again when nothing writes to it
                """, exit: .inputOutput
            ) { try HashedFile(path: file.path) { try append("!", to: file) } }
        }
    }

    private func append(_ text: String, to file: URL) throws {
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    private func notRegular(_ file: URL) -> String {
        """
        not a regular file
          where:    \(file.path)
          found:    a directory, a pipe or a device
          expected: a file
        """
    }
}
