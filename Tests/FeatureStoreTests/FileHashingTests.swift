import Foundation
import Synchronization
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

    @Test func aFileThatDoesNotHoldStillIsAnError() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("growing")
            try Data(count: 4_000_000).write(to: file)
            try whileAppending(to: file) {
                expectDiagnosis(
                    """
                    the file changed while it was read
                      where:    \(file.path)
                      try:      run again when nothing writes to it
                    """, exit: .inputOutput
                ) { try Digest(hashingFile: file) }
            }
        }
    }

    private func notRegular(_ file: URL) -> String {
        """
        not a regular file
          where:    \(file.path)
          found:    a directory, a pipe or a device
          expected: a file
        """
    }

    /// Runs `body` while another thread adds a byte to the file again and again.
    private func whileAppending(to file: URL, _ body: () throws -> Void) throws {
        let isDone = Atomic(false)
        let (hasBegun, hasEnded) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Thread.detachNewThread {
            let descriptor = open(file.path, O_WRONLY | O_APPEND)
            while !isDone.load(ordering: .relaxed) {
                _ = write(descriptor, "x", 1)
                hasBegun.signal()
            }
            close(descriptor)
            hasEnded.signal()
        }
        hasBegun.wait()
        defer {
            isDone.store(true, ordering: .relaxed)
            hasEnded.wait()
        }
        try body()
    }
}
