import Foundation
import TestSupport
import Testing

@testable import Drafts

@Suite struct DraftTests {
    @Test func aFileTakesItsPlaceWhenItIsPublished() throws {
        try withTemporaryDirectory { directory in
            let place = directory.appendingPathComponent("a.txt")
            try Data("old".utf8).write(to: place)
            try write("new", publishing: place, in: directory)
            #expect(try String(contentsOf: place, encoding: .utf8) == "new")
            #expect(try names(in: directory) == ["a.txt"])
        }
    }

    @Test func whatIsNotPublishedIsRemoved() throws {
        try withTemporaryDirectory { directory in
            try write("new", publishing: nil, in: directory)
            do {
                let draft = try Draft.folder(in: directory)
                try Data("x".utf8).write(to: draft.url.appendingPathComponent("inside"))
                #expect(try names(in: directory).count == 1)
            }
            #expect(try names(in: directory).isEmpty)
        }
    }

    @Test func whatAKilledProcessLeftIsRemovedAndALivingOnesStays() throws {
        try withTemporaryDirectory { directory in
            var (dead, living) = (DraftName(number: 1), DraftName(number: 1))
            (dead.process, living.process) = (999_999_999, 1)
            for leftover in [dead.text, living.text, ".mine.partial"] {
                try FileManager.default.createDirectory(
                    at: directory.appendingPathComponent(leftover).appendingPathComponent("inside"),
                    withIntermediateDirectories: true)
            }
            let own = try Draft.folder(in: directory)
            #expect(
                try names(in: directory) == Set([living.text, ".mine.partial", own.url.lastPathComponent]))
        }
    }

    @Test func aFolderThatIsNotThereIsAnErrorOfTheSystem() {
        #expect(throws: POSIXError(.ENOENT)) { try Draft.folder(in: URL(fileURLWithPath: "/nowhere")) }
    }

    private func names(in directory: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: directory.path))
    }

    private func write(_ text: String, publishing place: URL?, in directory: URL) throws {
        let (draft, descriptor) = try Draft.file(in: directory)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        if let place { try draft.publish(to: place) }
    }
}
