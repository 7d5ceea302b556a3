import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SynthesisPlaceTests {
    private func withPlace(_ body: (URL, SynthesisPlace) throws -> Void) throws {
        try withTemporaryDirectory { cache in
            let directory = cache.appendingPathComponent("made")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            for name in ["config.json", "model.safetensors", SynthesisPlace.markName] {
                try Data("key".utf8).write(to: directory.appendingPathComponent(name))
            }
            try body(cache, .encoder(directory))
        }
    }

    @Test func whatTheStageMadeMayBeReplaced() throws {
        try withPlace { cache, place in
            #expect(try place.key() == "key")
            try place.checkReplaceable(cache: cache)
            try SynthesisPlace.corpus(cache.appendingPathComponent("new/corpus")).checkReplaceable(cache: cache)
        }
    }

    @Test func somethingElseInItStaysWithAllOfIt() throws {
        try withPlace { cache, place in
            try Data().write(to: place.directory.appendingPathComponent("notes.txt"))
            #expect(throws: SynthesisError.holdsMore(path: place.directory.relativePath, found: "notes.txt")) {
                try place.checkReplaceable(cache: cache)
            }
        }
    }

    @Test func onlyWhatLiesWithinMayBeMade() throws {
        try withPlace { cache, _ in
            try FileManager.default.createSymbolicLink(
                atPath: cache.appendingPathComponent("way").path, withDestinationPath: "/")
            for path in ["way/x", "../x", "a/../../x", "a/../x", ".", "../\u{301}x"] {
                let place = SynthesisPlace.corpus(URL(fileURLWithPath: cache.path + "/" + path))
                #expect(throws: SynthesisError.self, "\(path)") { try place.checkReplaceable(cache: cache) }
            }
        }
    }
}
