import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct DirectoryWatchTests {
    @Test func whatIsThereIsLeftAloneAndWhatComesIsToldOnceItHoldsStill() throws {
        try withFiles(["old.wav"]) { root in
            var watch = try DirectoryWatch(root.path)
            #expect(watch.summary == "1 clip there already")
            try write("new", to: "new.wav", in: root)
            try write("deep", to: "a/deep.flac", in: root)
            try write("text", to: "a/note.txt", in: root)
            #expect(try looks(&watch) == [])
            #expect(try looks(&watch) == ["\(root.path)/a/deep.flac", "\(root.path)/new.wav"])
            #expect(try looks(&watch) == [])
        }
    }

    @Test func aFileThatGrowsIsToldWhenItStopsAndAgainWhenItGoesOn() throws {
        try withFiles([]) { root in
            var watch = try DirectoryWatch("\(root.path)//")
            #expect(watch.directory == root.path)
            try write("o", to: "new.wav", in: root)
            #expect(try looks(&watch) == [])
            try write("one", to: "new.wav", in: root)
            #expect(try looks(&watch) == [])
            #expect(try looks(&watch) == ["\(root.path)/new.wav"])
            try write("one more", to: "new.wav", in: root)
            #expect(try looks(&watch) == [])
            #expect(try looks(&watch) == ["\(root.path)/new.wav"])
        }
    }

    @Test func aFilePutInThePlaceOfAnotherIsTold() throws {
        try withFiles(["a.wav", "other"]) { root in
            let (old, new) = (root.appendingPathComponent("a.wav").path, root.appendingPathComponent("other").path)
            let date = try #require(try FileManager.default.attributesOfItem(atPath: old)[.modificationDate] as? Date)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: new)
            var watch = try DirectoryWatch(root.path)
            #expect(rename(new, old) == 0)
            #expect(try looks(&watch) == [])
            #expect(try looks(&watch) == [old])
        }
    }

    @Test func aFileThatGoesAndComesBackIsNew() throws {
        try withFiles(["a.wav"]) { root in
            var watch = try DirectoryWatch(root.path)
            let (file, aside) = ("\(root.path)/a.wav", "\(root.path)/aside")
            #expect(rename(file, aside) == 0)
            #expect(try looks(&watch) == [])
            #expect(rename(aside, file) == 0)
            #expect(try looks(&watch) == [])
            #expect(try looks(&watch) == [file])
        }
    }

    @Test func aDirectoryThatIsGoneIsAnError() throws {
        try withFiles(["a/1.wav"]) { root in
            let directory = root.appendingPathComponent("a").path
            var watch = try DirectoryWatch(directory)
            try FileManager.default.removeItem(atPath: directory)
            #expect(throws: CommandError.nothingToWatch(directory: directory)) { try looks(&watch) }
            #expect(throws: CommandError.nothingToWatch(directory: directory)) { try DirectoryWatch(directory) }
        }
    }

    private func looks(_ watch: inout DirectoryWatch) throws -> [String] {
        try watch.arrivals { Issue.record("\($0)") }
    }

    private func write(_ text: String, to path: String, in root: URL) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
