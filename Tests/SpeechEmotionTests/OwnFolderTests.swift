import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct OwnFolderTests {
    @Test func itIsMadeWithThoseAboveIt() throws {
        try withTemporaryDirectory { owner in
            let folder = owner.appendingPathComponent("heads/small")
            try OwnFolder.make(folder, within: owner)
            try OwnFolder.make(folder, within: owner)
            #expect(FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test func theOwnerMayBeALinkAndNothingBelowIt() throws {
        try withTemporaryDirectory { directory in
            let (real, owner) = (directory.appendingPathComponent("real"), directory.appendingPathComponent("owner"))
            try FileManager.default.createDirectory(at: real, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: owner.path, withDestinationPath: real.path)
            try OwnFolder.make(owner.appendingPathComponent("a/b"), within: owner)
            let link = owner.appendingPathComponent("a/c")
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: real.path)
            let refusal = CommandError.cannotWrite(
                path: link.relativePath, reason: "a link stands where a folder is to be")
            #expect(throws: refusal) { try OwnFolder.make(link, within: owner) }
            #expect(throws: refusal) { try OwnFolder.make(link.appendingPathComponent("d"), within: owner) }
        }
    }

    /// The letter behind the owner's name makes one character of itself and the slash, to Swift but not to a file system.
    @Test func aFolderIsFoundWithinOneWhoseNameJoinsItselfToTheSlash() throws {
        try withTemporaryDirectory { directory in
            let owner = directory.appendingPathComponent("x\u{0D4E}")
            let folder = owner.appendingPathComponent("heads/small")
            try OwnFolder.make(folder, within: owner)
            #expect(FileManager.default.fileExists(atPath: folder.path))
            let link = folder.appendingPathComponent("\u{301}y")
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: directory.path)
            #expect(throws: CommandError.self) { try OwnFolder.check(link.appendingPathComponent("z"), within: owner) }
        }
    }
}
