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

    @Test func aFolderMayEndInASlash() throws {
        try withFiles(["a/1.wav"]) { root in
            let names = try AudioArguments(["\(root.path)/a/"]).items.map(\.name)
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

    @Test func clipsHaveTheDigestsOfTheirFiles() throws {
        try withFiles(["a.wav", "b.wav"]) { root in
            let store = try FeatureStore(at: root.appendingPathComponent("features.sqlite"))
            let clips = try AudioArguments(["\(root.path)/b.wav", "\(root.path)/a.wav"]).clips(store: store, jobs: 2)
            #expect(clips.map(\.digest) == ["b.wav", "a.wav"].map { Digest(hashing: Data($0.utf8)) })
        }
    }
}
