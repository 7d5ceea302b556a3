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

    private func withFile(_ body: (String) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("file").path) }
    }
}
