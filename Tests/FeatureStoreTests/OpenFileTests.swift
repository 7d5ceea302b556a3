import Foundation
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct OpenFileTests {
    @Test func contentsAndDigestAreThoseOfTheFile() throws {
        try withFile { path in
            for count in [0, 1, 262_144, 600_001] {
                let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                try bytes.write(to: URL(fileURLWithPath: path))
                let file = try OpenFile(path: path)
                #expect(file.size == count)
                #expect(try file.contents() == bytes)
                #expect(try file.digest() == Digest(hashing: bytes))
                #expect(file.isUnchanged)
            }
        }
    }

    @Test func aWriteIsSeenEvenIfTheSizeStays() throws {
        try withFile { path in
            try Data("before".utf8).write(to: URL(fileURLWithPath: path))
            let file = try OpenFile(path: path)
            let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            // File systems stamp with a coarse clock, so a stamp of another day stands for one of a later moment.
            try writer.write(contentsOf: Data("after!".utf8))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 9)], ofItemAtPath: path)
            #expect(!file.isUnchanged)
        }
    }

    @Test func aDirectoryAndAPipeAreNoFiles() throws {
        try withFile { path in
            mkfifo(path, 0o600)
            #expect(throws: FeatureStoreError.notRegular(path: path)) { try OpenFile(path: path) }
            #expect(throws: FeatureStoreError.notRegular(path: "/")) { try OpenFile(path: "/") }
        }
    }

    @Test func aPipeIsNotOpened() throws {
        try withFile { path in
            mkfifo(path, 0o600)
            let events = inotify_init1(Int32(IN_NONBLOCK))
            defer { close(events) }
            try #require(inotify_add_watch(events, path, UInt32(IN_OPEN)) >= 0)
            var buffer = [UInt8](repeating: 0, count: 4_096)
            #expect(throws: FeatureStoreError.notRegular(path: path)) { try OpenFile(path: path) }
            #expect(read(events, &buffer, buffer.count) == -1, "opening it would be told")
            close(open(path, O_RDONLY | O_NONBLOCK))
            #expect(read(events, &buffer, buffer.count) > 0)
        }
    }

    private func withFile(_ body: (String) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("file").path) }
    }
}
