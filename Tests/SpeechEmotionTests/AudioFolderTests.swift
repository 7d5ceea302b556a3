import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct AudioFolderTests {
    @Test func audioFilesAtAnyDepthAreSorted() throws {
        try withFiles([
            "b.wav", "a/2.FLAC", "a/b/1.opus", "a.mp3", "README.txt", "wav", ".hidden.wav", ".\u{301}.wav",
            "a/.git/x.wav",
        ]) { root in
            let found = try AudioFolder.paths(under: root)
            #expect(found == ["a.mp3", "a/2.FLAC", "a/b/1.opus", "b.wav"])
        }
    }

    @Test func everyEndingThatLibsndfileReadsIsTaken() {
        for ending in ["wav", "flac", "ogg", "oga", "opus", "aiff", "aif", "au", "caf", "w64", "rf64", "mp3", "WAV"] {
            #expect(AudioFolder.isAudio("take.1.\(ending)"), "\(ending)")
        }
        #expect(AudioFolder.isAudio("a letter that joins itself to the dot\u{0D4E}.wav"))
        #expect(!AudioFolder.isAudio("take.txt"))
        #expect(!AudioFolder.isAudio("take.wav.part"))
    }

    @Test func aDirectoryNamedLikeAFileIsADirectory() throws {
        try withFiles(["session.wav/1.wav"]) { root in
            let found = try AudioFolder.paths(under: root)
            #expect(found == ["session.wav/1.wav"])
        }
    }

    @Test func linksThatLeadBackEnd() throws {
        try withFiles(["a/1.wav", "b/2.wav"]) { root in
            let files = FileManager.default
            for (link, target) in [("a/up", ".."), ("a/other", "../b"), ("b/other", "../a"), ("b/self", ".")] {
                try files.createSymbolicLink(
                    atPath: root.appendingPathComponent(link).path, withDestinationPath: target)
            }
            let found = try AudioFolder.paths(under: root)
            #expect(found == ["a/1.wav", "a/other/2.wav"], "every directory once, by the first path to it")
        }
    }

    @Test(arguments: [
        ("a", "a/"), ("a/", "a/"), ("a/b//", "a/b/"), ("/", "/"), ("//", "/"), (".", "./"), ("\u{0D4E}//", "\u{0D4E}/"),
    ])
    func aPrefixEndsInOneSlash(folder: String, prefix: String) {
        #expect(AudioFolder.prefix(of: folder) == prefix)
        let bare = String(prefix.unicodeScalars.dropLast())
        #expect(AudioFolder.withoutTrailingSlashes(folder) == (prefix == "/" ? "/" : bare))
    }

    @Test func noPathIsNotTheRoot() {
        #expect(AudioFolder.withoutTrailingSlashes("") == "")
    }

    @Test func aLinkedFileIsTaken() throws {
        try withFiles(["a/1.wav"]) { root in
            try FileManager.default.createSymbolicLink(
                atPath: root.appendingPathComponent("link.wav").path, withDestinationPath: "a/1.wav")
            #expect(try AudioFolder.paths(under: root) == ["a/1.wav", "link.wav"])
        }
    }
}

/// Hands over a fresh directory with these files, each of which holds its own path, and removes it.
func withFiles<Result>(_ paths: [String], _ body: (URL) throws -> Result) throws -> Result {
    try withTemporaryDirectory { root in
        for path in paths {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(path.utf8).write(to: file)
        }
        return try body(root)
    }
}
