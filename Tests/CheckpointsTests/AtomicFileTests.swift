import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct AtomicFileTests {
    @Test func saysThatTheDirectoryIsMissing() {
        expectDiagnosis(
            """
            cannot create the file
              where:    /nowhere/head.safetensors
              found:    no such file or directory
              try:      choose a place in an existing directory that this user may write to
            """, exit: .cannotCreate
        ) { try SafetensorsWriter.write([], to: URL(fileURLWithPath: "/nowhere/head.safetensors")) }
    }

    @Test func doesNotReplaceADirectory() throws {
        try withTemporaryDirectory { directory in
            let taken = directory.appendingPathComponent("head.safetensors")
            try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: false)
            expectDiagnosis(
                """
                cannot create the file
                  where:    \(taken.path)
                  found:    is a directory
                  try:      choose a place in an existing directory that this user may write to
                """, exit: .cannotCreate
            ) { try SafetensorsWriter.write([], to: URL(fileURLWithPath: taken.path, isDirectory: false)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["head.safetensors"])
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs Linux's device that is always full"))
    func saysThatTheDiskIsFull() throws {
        let handle = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let sink = FileSink(handle: handle, file: URL(fileURLWithPath: "/data/head.safetensors"))
        expectDiagnosis(
            """
            cannot write the file
              where:    /data/head.safetensors
              found:    no space left on device
              try:      free space on the disk, or choose another place
            """, exit: .cannotCreate
        ) { try sink.write(Data([1])) }
    }
}
