import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreDigestsTests {
    @Test func digestsAreThoseOfTheContentInTheOrderAsked() throws {
        try withFiles(["one", "two", "one"]) { store, files in
            let digests = try digests(of: files, in: store)
            #expect(digests == ["one", "two", "one"].map { Digest(hashing: Data($0.utf8)) })
        }
    }

    @Test func anUnchangedFileIsNotReadAgain() throws {
        try withFiles(["one", "two"]) { store, files in
            try backdate(files)
            _ = try digests(of: files, in: store)
            try forge(in: store)
            #expect(try digests(of: files, in: store) == [clip(0), clip(0)])
        }
    }

    @Test func aTouchedFileIsReadAgain() throws {
        try withFiles(["one", "two"]) { store, files in
            try backdate(files)
            _ = try digests(of: files, in: store)
            try forge(in: store)
            try backdate([files[1]], by: 50)
            #expect(try digests(of: files, in: store) == [clip(0), Digest(hashing: Data("two".utf8))])
        }
    }

    @Test(arguments: [
        "sha256 = zeroblob(32)", "size = size + 1, sha256 = zeroblob(32)", "hashed = -9000000000000000000",
    ])
    func aDamagedRowIsReadAgain(damage: String) throws {
        try withFiles(["one"]) { store, files in
            try backdate(files)
            _ = try digests(of: files, in: store)
            try tamper(with: store, sql: "UPDATE files SET \(damage)")
            #expect(try store.rememberedDigests().isEmpty)
            #expect(try digests(of: files, in: store) == [Digest(hashing: Data("one".utf8))])
            #expect(try store.rememberedDigests().count == 1)
        }
    }

    @Test func aFileWrittenJustBeforeItsHashingIsReadAgain() throws {
        try withFiles(["one"]) { store, files in
            try backdate(files)
            _ = try digests(of: files, in: store)
            try forge(in: store, hashedAfter: 1_999_999_999)
            #expect(try digests(of: files, in: store) == [Digest(hashing: Data("one".utf8))])
        }
    }

    @Test func oneChangedByteChangesExactlyOneDigest() throws {
        try withFiles(["one", "two", "six"]) { store, files in
            try backdate(files)
            let before = try digests(of: files, in: store)
            try Data("twp".utf8).write(to: files[1])
            try backdate([files[1]])
            let after = try digests(of: files, in: store)
            #expect(zip(before, after).map { $0 == $1 } == [true, false, true])
        }
    }

    @Test func aRenamedFileKeepsItsDigest() throws {
        try withFiles(["one"]) { store, files in
            try backdate(files)
            let before = try digests(of: files, in: store)
            let moved = files[0].appendingPathExtension("moved")
            try FileManager.default.moveItem(at: files[0], to: moved)
            #expect(try digests(of: [moved], in: store) == before)
        }
    }

    @Test func filesThatSwapNamesSwapDigests() throws {
        try withFiles(["one", "two"]) { store, files in
            try backdate(files)
            let before = try digests(of: files, in: store)
            for file in files { try waitForTick(after: file) }
            let aside = files[0].appendingPathExtension("aside")
            try FileManager.default.moveItem(at: files[0], to: aside)
            try FileManager.default.moveItem(at: files[1], to: files[0])
            try FileManager.default.moveItem(at: aside, to: files[1])
            #expect(try digests(of: files, in: store) == before.reversed())
        }
    }

    @Test func aFileThatCannotBeReadHasItsErrorInItsPlace() throws {
        try withFiles(["one", "two"]) { store, files in
            let pipe = files[0].appendingPathExtension("pipe")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            let absent = files[0].appendingPathExtension("absent")
            let results = store.digests(of: [files[0], absent, pipe, files[1]], workers: 2)
            let (first, last) = (try results[0].get(), try results[3].get())
            #expect(first == Digest(hashing: Data("one".utf8)))
            #expect(throws: FeatureStoreError.cannotRead(path: absent.path, code: ENOENT)) { try results[1].get() }
            #expect(throws: FeatureStoreError.notRegular(path: pipe.path)) { try results[2].get() }
            #expect(last == Digest(hashing: Data("two".utf8)))
        }
    }

    @Test func aRememberedFileThatIsGoneIsAnError() throws {
        try withFiles(["one"]) { store, files in
            try backdate(files)
            _ = try digests(of: files, in: store)
            try FileManager.default.removeItem(at: files[0])
            #expect(throws: FeatureStoreError.cannotRead(path: files[0].path, code: ENOENT)) {
                try digests(of: files, in: store)
            }
        }
    }

    @Test func noFilesHaveNoDigests() throws {
        try withStore { store in #expect(store.digests(of: [], workers: 2).isEmpty) }
    }

    private func digests(of files: [URL], in store: FeatureStore) throws -> [Digest] {
        try store.digests(of: files, workers: 2).map { try $0.get() }
    }

    private func withFiles(_ contents: [String], _ body: (FeatureStore, [URL]) throws -> Void) throws {
        try withStore { store in
            let directory = store.file.deletingLastPathComponent()
            let files = contents.indices.map { directory.appendingPathComponent("\($0).wav") }
            for (file, content) in zip(files, contents) { try Data(content.utf8).write(to: file) }
            try body(store, files)
        }
    }

    /// Moves the files' modification times into the past.
    private func backdate(_ files: [URL], by seconds: Double = 100) throws {
        for file in files {
            let date = Date(timeIntervalSince1970: 1_500_000_000 - seconds)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        }
    }

    /// Puts a false digest in the place of every remembered one, so that it shows who believes it: one of a file that was
    /// hashed so many nanoseconds after it had been written, which are long unless said.
    private func forge(in store: FeatureStore, hashedAfter: Int64 = 10_000_000_000) throws {
        for path in try store.rememberedDigests().keys {
            let file = try HashedFile(path: path)
            let forged = HashedFile(
                digest: clip(0), stamp: file.stamp, hashedAt: file.stamp.modified + hashedAfter)
            try store.remember([(path, .success(forged))])
        }
    }
}
