import Foundation
import Testing

@testable import SpeechEmotion

@Suite struct SpooledInputTests {
    @Test func whatAPipeGaveCanBeReadAgain() throws {
        let bytes = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let pipe = Pipe()
        Thread.detachNewThread {
            try? pipe.fileHandleForWriting.write(contentsOf: bytes)
            try? pipe.fileHandleForWriting.close()
        }
        let input = try SpooledInput(pipe.fileHandleForReading)
        for _ in 0..<2 { #expect(try Data(contentsOf: URL(fileURLWithPath: input.path)) == bytes) }
    }

    @Test func nothingIsAnEmptyFile() throws {
        let nothing = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/null"))
        let input = try SpooledInput(nothing)
        #expect(try Data(contentsOf: URL(fileURLWithPath: input.path)).isEmpty)
    }

    @Test func aDirectoryCannotBeRead() throws {
        let directory = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/"))
        #expect(throws: CommandError.standardInput(reason: "is a directory")) { try SpooledInput(directory) }
    }
}
