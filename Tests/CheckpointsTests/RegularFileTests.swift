import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct RegularFileTests {
    @Test func aFileWithinTheLimitIsRead() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a")
            try Data("four".utf8).write(to: file)
            #expect(try RegularFile.contents(of: file, atMost: 4) == Data("four".utf8))
            #expect(throws: RegularFile.Fault.tooLarge(bytes: 4)) { try RegularFile.contents(of: file, atMost: 3) }
        }
    }

    @Test func whatHasNoEndIsNotBegun() throws {
        try withTemporaryDirectory { directory in
            let (pipe, holes) = (directory.appendingPathComponent("pipe"), directory.appendingPathComponent("holes"))
            #expect(mkfifo(pipe.path, 0o600) == 0)
            try Data().write(to: holes)
            #expect(truncate(holes.path, 1 << 40) == 0)
            for file in [pipe, directory, URL(fileURLWithPath: "/dev/zero")] {
                #expect(throws: RegularFile.Fault.notRegular) { try RegularFile.contents(of: file, atMost: 10) }
            }
            #expect(throws: RegularFile.Fault.tooLarge(bytes: 1 << 40)) {
                try RegularFile.contents(of: holes, atMost: 10)
            }
            let absent = directory.appendingPathComponent("absent")
            #expect(throws: RegularFile.Fault.absent) { try RegularFile.contents(of: absent, atMost: 10) }
        }
    }

    @Test func aCheckpointThatIsAPipeIsNotWaitedFor() throws {
        try withTemporaryDirectory { directory in
            let pipe = directory.appendingPathComponent("model.safetensors")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            #expect(throws: CheckpointError.unreadable(file: pipe.relativePath, reason: "it is a pipe or a device")) {
                try Checkpoint.metadata(of: pipe)
            }
        }
    }
}
