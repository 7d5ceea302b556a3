import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct EncoderPlaceTests {
    private static let main = String(repeating: "1a", count: 20)
    private static let pinned = "0b5b8e868dd84f03fd87d01f9c4ff0f080fecfe8"

    /// Lays out a Hugging Face cache with one snapshot, as `huggingface_hub` does.
    private func put(
        _ repository: String, revision: String, in hub: URL, isMain: Bool = true,
        files: [String] = HubEncoder.files
    ) throws -> URL {
        let model = hub.appendingPathComponent("models--" + repository.replacing("/", with: "--"))
        let snapshot = model.appendingPathComponent("snapshots/\(revision)")
        for folder in ["refs", "blobs", "snapshots/\(revision)"] {
            try FileManager.default.createDirectory(
                at: model.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        if isMain { try Data(revision.utf8).write(to: model.appendingPathComponent("refs/main")) }
        for file in files {
            try Data(file.utf8).write(to: model.appendingPathComponent("blobs/\(file)-blob"))
            try FileManager.default.createSymbolicLink(
                atPath: snapshot.appendingPathComponent(file).path, withDestinationPath: "../../blobs/\(file)-blob")
        }
        return snapshot
    }

    private func place(_ name: String, _ environment: [String: String]) -> EncoderPlace {
        EncoderPlace(URL(fileURLWithPath: name), environment: environment)
    }

    @Test func theCacheIsWhereTheEnvironmentSays() throws {
        try withTemporaryDirectory { home in
            let root = home.path
            for (environment, hub) in [
                (["HF_HUB_CACHE": "\(root)/a", "HF_HOME": "\(root)/x"], "a"),
                (["HF_HOME": "\(root)/b", "XDG_CACHE_HOME": "\(root)/x"], "b/hub"),
                (["XDG_CACHE_HOME": "\(root)/c", "HOME": "/nowhere"], "c/huggingface/hub"),
                (["HOME": "\(root)/d", "HF_HOME": ""], "d/.cache/huggingface/hub"),
            ] {
                let snapshot = try put(
                    "facebook/hubert-base-ls960", revision: Self.main, in: home.appendingPathComponent(hub))
                let found = place("absent/hubert-base", environment)
                #expect(found.directory.path == snapshot.path && found.isThere)
                #expect(found.remark == "absent/hubert-base is not there; using \(snapshot.path)")
            }
        }
    }

    @Test func theRevisionThatIsKnownIsPreferredToMain() throws {
        try withTemporaryDirectory { hub in
            let environment = ["HF_HUB_CACHE": hub.path]
            let main = try put("facebook/wav2vec2-base", revision: Self.main, in: hub)
            #expect(place("absent/wav2vec2-base", environment).directory.path == main.path)
            let known = try put("facebook/wav2vec2-base", revision: Self.pinned, in: hub, isMain: false)
            #expect(place("absent/wav2vec2-base", environment).directory.path == known.path)
        }
    }

    @Test func aNameOfTheHubIsFoundAndAPathThatIsThereWins() throws {
        try withTemporaryDirectory { folder in
            let hub = folder.appendingPathComponent("hub")
            let snapshot = try put("someone/their-wav2vec2", revision: Self.main, in: hub)
            let environment = ["HF_HUB_CACHE": hub.path]
            #expect(place("someone/their-wav2vec2", environment).directory.path == snapshot.path)
            let own = folder.appendingPathComponent("wav2vec2-base")
            _ = try put("facebook/wav2vec2-base", revision: Self.main, in: hub)
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: false)
            let found = EncoderPlace(own, environment: environment)
            #expect(found.directory == own && found.remark == nil)
        }
    }

    @Test func whatIsNotWholeOrNoNameIsNotFound() throws {
        try withTemporaryDirectory { hub in
            let environment = ["HF_HUB_CACHE": hub.path]
            _ = try put("facebook/hubert-base-ls960", revision: Self.main, in: hub, files: ["config.json"])
            _ = try put("a--b/c", revision: Self.main, in: hub)
            let evil = try put("facebook/wav2vec2-base", revision: "evil", in: hub)
            #expect(FileManager.default.fileExists(atPath: evil.path))
            for name in [
                "absent/hubert-base", "facebook/hubert-base-ls960", "wav2vec2-base", "a--b/c", "../hub", "x",
                "facebook/", "/facebook/wav2vec2-base-960h", "facebook/..",
            ] {
                let found = place(name, environment)
                #expect(found.directory == found.named, "\(name)")
            }
        }
    }
}
