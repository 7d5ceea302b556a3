import Foundation
import TestSupport
import Testing

@testable import Unpacking

@Suite struct ArchiveTests {
    private typealias Entry = ZipBytes.Entry

    /// Larger than any piece that is read or written at once, and hard to guess in parts.
    private let sound = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7 ^ $0) })

    /// What the archive unpacks to: each file's bytes by name.
    private func unpacked(_ entries: [Entry], limit: Int = 1 << 20) throws -> [String: Data] {
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("archive.zip")
            try ZipBytes(entries).bytes.write(to: file)
            let place = folder.appendingPathComponent("place")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
            let archive = try Archive(contentsOf: file, limit: limit)
            try archive.unpack(archive.names, into: place)
            return Dictionary(
                uniqueKeysWithValues: try archive.names.map {
                    ($0, try Data(contentsOf: place.appendingPathComponent($0)))
                })
        }
    }

    private func fault(_ entries: [Entry], limit: Int = 1 << 20) throws -> ArchiveError? {
        #expect(throws: ArchiveError.self) { try unpacked(entries, limit: limit) }
    }

    @Test func aFolderThatSomebodyRemovesIsNotMadeAgain() throws {
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("archive.zip")
            try ZipBytes([Entry("a/one", Data("1".utf8)), Entry("b/two", Data("2".utf8))]).bytes.write(to: file)
            let place = folder.appendingPathComponent("place")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
            let archive = try Archive(contentsOf: file, limit: 1_000)
            #expect(throws: ArchiveError.self) {
                try archive.unpack(archive.names, into: place) { try? FileManager.default.removeItem(at: place) }
            }
            #expect(!FileManager.default.fileExists(atPath: place.path))
        }
    }

    @Test func storedAndDeflatedFilesComeOutAsTheyWere() throws {
        var folder = Entry("a/")
        folder.unixMode = 0o040755
        var plain = Entry("a/plain", Data("plain".utf8))
        plain.unixMode = 0o100644
        let found = try unpacked([
            folder, plain, Entry("a/b/sound", sound, deflated: deflated(sound)),
            Entry("empty", Data(), deflated: deflated(Data())),
        ])
        #expect(found == ["a/plain": Data("plain".utf8), "a/b/sound": sound, "empty": Data()])
    }

    /// To Swift the letter and the slash behind it are one character.
    @Test func aFolderIsOneWhateverItsNameEndsWith() throws {
        var folder = Entry("x\u{0D4E}/")
        folder.unixMode = 0o040755
        let found = try unpacked([folder, Entry("x\u{0D4E}/plain", Data("plain".utf8))])
        #expect(found == ["x\u{0D4E}/plain": Data("plain".utf8)])
        folder = Entry("x\u{0D4E}/", Data("1".utf8))
        guard case .hostile(_, _, "a folder that holds bytes")? = try fault([folder]) else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: [
        ("../evil", "a name with"), ("a/../../evil", "a name with"), ("./a", "a name with"), ("a//b", "a name with"),
        ("/etc/evil", "an absolute name"), ("a\\..\\evil", "a backslash"), ("a\u{1b}[2Jb", "steer a display"),
        ("a\nb", "steer a display"), ("a\u{0}b", "steer a display"), ("a\u{202e}b", "steer a display"),
        ("/", "an absolute name"), ("", "no name"), (String(repeating: "n", count: 256), "255 bytes"),
        ("../\u{301}evil", "a name with"), ("/\u{301}evil", "an absolute name"),
        ("a/\u{301}/../../evil", "a name with"),
        (String(repeating: "nnn/", count: 257), "1024 bytes"), (String(repeating: "a/", count: 65), "64 steps"),
    ])
    func namesThatLeadElsewhereAreRefused(name: String, reason: String) throws {
        guard case .hostile(_, name, let found)? = try fault([Entry("good"), Entry(name)]) else {
            Issue.record("not refused: \(name)")
            return
        }
        #expect(found.contains(reason), "\(found)")
    }

    @Test(arguments: [
        (0o120777, "a symbolic link"), (0o010644, "a device, a pipe or a socket"), (0o060644, "a device, a pipe"),
        (0o140644, "a device, a pipe"), (0o040755, "a folder with a file's name"),
    ])
    func whatIsNoFileIsRefused(mode: Int, reason: String) throws {
        var entry = Entry("link", Data("/etc/passwd".utf8))
        entry.unixMode = UInt16(mode)
        guard case .hostile(_, "link", let found)? = try fault([entry]) else {
            Issue.record("not refused: \(reason)")
            return
        }
        #expect(found.contains(reason), "\(found)")
    }

    @Test func aFileInAFilesPlaceIsRefused() throws {
        for other in [Entry("a/b"), Entry("a/")] {
            guard case .hostile(_, "a", "a file and a folder of one name")? = try fault([Entry("a"), other]) else {
                Issue.record("not refused: \(other.name)")
                continue
            }
        }
    }

    @Test func aNameMayBeAsLongAsItsLimits() throws {
        let deep = String(repeating: "a/", count: 63) + "b"
        let long = String(repeating: String(repeating: "n", count: 200) + "/", count: 5) + "nnn"
        let found = try unpacked([Entry(deep, Data("deep".utf8)), Entry(long, Data("long".utf8))])
        #expect(found == [deep: Data("deep".utf8), long: Data("long".utf8)])
    }

    @Test func foldersAreThoseAroundAnEntryAndItself() {
        var folders: Set<String> = []
        for name in ["a/b/c", "a/b/d", "e/", "f", "g/\u{301}h"] { EntryName.add(foldersOf: name, to: &folders) }
        #expect(folders == ["a", "a/b", "e", "g"])
    }

    @Test func oneNameTwiceIsRefused() throws {
        guard case .damaged(_, nil, let reason)? = try fault([Entry("a"), Entry("a")]) else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("an entry twice"))
    }

    @Test func moreThanThereMayBeIsRefusedBeforeItIsUnpacked() throws {
        let zeros = Data(count: 600_000)
        let bomb = Entry("a", zeros, deflated: deflated(zeros))
        #expect(bomb.stored.count < 1000)
        var other = bomb
        other.name = "b"
        guard case .tooLarge(_, 1_000_000)? = try fault([bomb, other], limit: 1_000_000) else {
            Issue.record("not refused")
            return
        }
    }

    @Test func moreThanTheArchiveSaysIsCutOff() throws {
        var bomb = Entry("a", Data(count: 600_000), deflated: deflated(Data(count: 600_000)))
        bomb.byteCount = 10
        guard case .damaged(_, "a", "more than the 10 bytes that the archive says")? = try fault([bomb]) else {
            Issue.record("not refused")
            return
        }
    }

    @Test func damagedBytesAreRefused() throws {
        let whole = Entry("a", sound, deflated: deflated(sound))
        var cut = whole
        cut.stored = whole.stored.dropLast(9)
        var longer = whole
        longer.stored += Data([0])
        var shorter = whole
        shorter.byteCount += 1
        var flipped = whole
        flipped.stored[1000] ^= 0x10
        var other = whole
        other.checksum ^= 1
        var unknown = whole
        unknown.method = 14
        var encrypted = whole
        encrypted.flags = 1
        var plain = Entry("a", Data("plain".utf8))
        plain.stored[0] ^= 1
        for entry in [cut, longer, shorter, flipped, other, unknown, encrypted, plain] {
            guard case .damaged? = try fault([entry]) else {
                Issue.record("not refused")
                continue
            }
        }
    }

    @Test func everyCutOfAnArchiveIsRefused() throws {
        let bytes = ZipBytes([Entry("a", Data("aaaa".utf8)), Entry("b", sound, deflated: deflated(sound))]).bytes
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("archive.zip")
            for count in [0, 1, 21, 22, 100, bytes.count / 2, bytes.count - 23, bytes.count - 1] {
                try bytes.prefix(count).write(to: file)
                #expect(throws: ArchiveError.self) { try Archive(contentsOf: file, limit: 1 << 20) }
            }
            #expect(throws: ArchiveError.self) { try Archive(contentsOf: folder, limit: 1 << 20) }
        }
    }

    @Test func nothingThatIsThereIsWrittenOver() throws {
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("archive.zip")
            try ZipBytes([Entry("a", Data("new".utf8))]).bytes.write(to: file)
            try Data("old".utf8).write(to: folder.appendingPathComponent("a"))
            let archive = try Archive(contentsOf: file, limit: 100)
            #expect(throws: ArchiveError.self) { try archive.unpack(["a"], into: folder) }
            #expect(try Data(contentsOf: folder.appendingPathComponent("a")) == Data("old".utf8))
        }
    }
}
