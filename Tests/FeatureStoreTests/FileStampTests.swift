import Foundation
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FileStampTests {
    @Test func staysTheSameUntilTheFileChanges() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a")
            try Data("abc".utf8).write(to: file)
            let stamp = try FileStamp(ofPath: file.path)
            #expect(stamp.size == 3)
            #expect(try FileStamp(ofPath: file.path) == stamp)
            try Data("abcd".utf8).write(to: file)
            #expect(try FileStamp(ofPath: file.path) != stamp)
        }
    }

    @Test func aRenamedFileHasAnotherStamp() throws {
        try withTemporaryDirectory { directory in
            let (old, new) = (directory.appendingPathComponent("a"), directory.appendingPathComponent("b"))
            try Data("abc".utf8).write(to: old)
            let stamp = try FileStamp(ofPath: old.path)
            try waitForTick(after: old)
            try FileManager.default.moveItem(at: old, to: new)
            let moved = try FileStamp(ofPath: new.path)
            #expect(moved.modified == stamp.modified)
            #expect(moved != stamp)
        }
    }

    @Test func isRacyForTwoSecondsAfterTheLastChange() {
        let stamp = FileStamp(size: 1, modified: 10_000_000_000, changed: 0)
        #expect(stamp.isRacy(hashedAt: 10_000_000_000))
        #expect(stamp.isRacy(hashedAt: 11_999_999_999))
        #expect(!stamp.isRacy(hashedAt: 12_000_000_000))
        #expect(stamp.isRacy(hashedAt: 9_000_000_000), "a time in the future proves nothing")
    }
}
