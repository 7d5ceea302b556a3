import FeatureStore
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct AudioArgumentsTests {
    @Test func filesFoldersAndPatternsStandInTheirOrder() throws {
        try withFiles(["b.wav", "a/2.wav", "a/1.wav", "a/b/3.wav", "a/note.txt"]) { root in
            let all = ["\(root.path)/b.wav", "\(root.path)/a", "\(root.path)/b.wav", "\(root.path)/a/*"]
            let names = try AudioArguments(all).items.map { $0.name.dropFirst(root.path.count + 1) }
            #expect(
                names == [
                    "b.wav", "a/1.wav", "a/2.wav", "a/b/3.wav", "b.wav", "a/1.wav", "a/2.wav", "a/b/3.wav",
                ])
        }
    }

    @Test(arguments: ["a", "a/", "a//"]) func aFolderMayEndInSlashes(folder: String) throws {
        try withFiles(["a/1.wav"]) { root in
            let names = try AudioArguments(["\(root.path)/\(folder)"]).items.map(\.name)
            #expect(names == ["\(root.path)/a/1.wav"])
        }
    }

    @Test func aFileOfThatVeryNameIsNoPattern() throws {
        try withFiles(["take[1].wav", "take1.wav"]) { root in
            let name = "\(root.path)/take[1].wav"
            #expect(try AudioArguments([name]).items.map(\.name) == [name])
            try FileManager.default.removeItem(atPath: name)
            #expect(try AudioArguments([name]).items.map(\.name) == ["\(root.path)/take1.wav"])
        }
    }

    @Test func aFileIsTakenWhateverItsEnding() throws {
        try withFiles(["take.raw"]) { root in
            let items = try AudioArguments(["\(root.path)/take.raw"]).items
            #expect(items.count == 1)
        }
    }

    @Test func whatIsNotThereIsNamed() throws {
        try withFiles(["a/note.txt"]) { root in
            let (file, folder, pattern) = ("\(root.path)/b.wav", "\(root.path)/a", "\(root.path)/*.wav")
            #expect(throws: CommandError.noAudio(path: file)) { try AudioArguments([file]) }
            #expect(throws: CommandError.noAudioIn(path: folder)) { try AudioArguments([folder]) }
            #expect(throws: CommandError.noAudioIn(path: pattern)) { try AudioArguments([pattern]) }
        }
    }

    @Test(.enabled(if: geteuid() != 0, "root may list every directory"))
    func aDirectoryThatCannotBeListedIsAProblem() throws {
        try withFiles(["a/1.wav", "a/locked/2.wav"]) { root in
            let locked = "\(root.path)/a/locked"
            chmod(locked, 0)
            defer { chmod(locked, 0o700) }
            let audio = try AudioArguments(["\(root.path)/a"])
            #expect(audio.items.map(\.name) == ["\(root.path)/a/1.wav"])
            #expect(audio.unlisted.map(\.path) == [locked])
        }
    }

    @Test func whatCannotBeReadIsAProblemAmongTheClips() throws {
        try withFiles(["a/1.wav", "a/3.wav"]) { root in
            mkfifo("\(root.path)/a/0.wav", 0o600)
            try FileManager.default.createSymbolicLink(
                atPath: "\(root.path)/a/2.wav", withDestinationPath: "nowhere.wav")
            let store = try FeatureStore(at: root.appendingPathComponent("features.sqlite"))
            let (clips, problems) = try AudioArguments(["\(root.path)/a"]).clips(store: store, jobs: 2)
            #expect(clips.map(\.path) == ["\(root.path)/a/1.wav", "\(root.path)/a/3.wav"])
            #expect(clips.map(\.digest) == ["a/1.wav", "a/3.wav"].map { Digest(hashing: Data($0.utf8)) })
            #expect(
                problems == [
                    CorpusProblem(
                        path: "\(root.path)/a/0.wav", reason: "not a regular file: a directory, a pipe or a device"),
                    CorpusProblem(
                        path: "\(root.path)/a/2.wav", reason: "cannot read the file: no such file or directory"),
                ])
        }
    }

    @Test func clipsHaveTheDigestsOfTheirFiles() throws {
        try withFiles(["a.wav", "b.wav"]) { root in
            let store = try FeatureStore(at: root.appendingPathComponent("features.sqlite"))
            let (clips, problems) = try AudioArguments(["\(root.path)/b.wav", "\(root.path)/a.wav"]).clips(
                store: store, jobs: 2)
            #expect(problems == [])
            #expect(clips.map(\.digest) == ["b.wav", "a.wav"].map { Digest(hashing: Data($0.utf8)) })
        }
    }
}
