import Downloads
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct RavdessFetchTests {
    private typealias Entry = ZipBytes.Entry
    private static let clips = RavdessName.all.prefix(3).map(\.path)

    /// A project's cache, an archive of three clips, and what is told.
    private struct Bench {
        let cache: URL
        let file: URL
        let lines = Lines()
        let archive: FetchedFile

        init(in folder: URL, _ entries: [Entry], url: String = "http://127.0.0.1:1/clips.zip") throws {
            cache = folder.appendingPathComponent("cache")
            file = folder.appendingPathComponent("by-hand.zip")
            let bytes = ZipBytes(entries).bytes
            try bytes.write(to: file)
            archive = FetchedFile(
                name: "clips.zip", url: url, size: bytes.count,
                digest: try ContentDigest(.md5, "").compared(withFile: file))
        }

        var fetch: RavdessFetch {
            RavdessFetch(archive, clips: RavdessFetchTests.clips, cache: cache, console: lines.console)
        }

        func bytes(_ path: String) -> Data? { try? Data(contentsOf: cache.appendingPathComponent(path)) }

        func isThere(_ path: String) -> Bool {
            FileManager.default.fileExists(atPath: cache.appendingPathComponent(path).path)
        }

        func put(_ bytes: Data, at path: String) throws {
            let place = cache.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: place)
        }
    }

    private static let entries = clips.map { Entry($0, Data("sound of \($0)".utf8)) }

    private func expectWhole(_ bench: Bench, sourceLocation: SourceLocation = #_sourceLocation) {
        for clip in Self.clips {
            #expect(
                bench.bytes("corpora/ravdess/\(clip)") == Data("sound of \(clip)".utf8), sourceLocation: sourceLocation)
        }
    }

    @Test func theArchiveIsDownloadedCheckedUnpackedAndRemoved() throws {
        try withTemporaryDirectory { folder in
            let bytes = ZipBytes(Self.entries).bytes
            let server = try LocalServer { request, _ in .file(bytes, request) }
            let bench = try Bench(in: folder, Self.entries, url: server.url())
            #expect(try bench.fetch.run() == "\(bench.cache.relativePath)/corpora/ravdess: 3 clips")
            expectWhole(bench)
            #expect(!bench.isThere("downloads"))
            let told = bench.lines.all
            let licence = try #require(told.firstIndex { $0.hasPrefix("licence: CC BY-NC-SA 4.0") })
            let asked = try #require(told.firstIndex { $0.hasPrefix("downloading http") })
            #expect(licence < asked && told.contains { $0.contains("PLoS ONE 13(5): e0196391") }, "\(told)")
            #expect(told.contains { $0.hasSuffix("MD5 as it should be") }, "\(told)")
            #expect(try bench.fetch.run().hasSuffix("all 3 clips are there; nothing to do"))
            #expect(server.requests.count == 1)
        }
    }

    @Test func aClipWithoutAByteIsMissing() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            _ = try bench.fetch.run(from: bench.file)
            // As a power cut leaves a file that nobody waited for.
            try bench.put(Data(), at: "corpora/ravdess/\(Self.clips[1])")
            for attempt in [{ try bench.fetch.found() }, { try bench.fetch.run(from: bench.file) }] {
                let error = #expect(throws: FetchError.self) { try attempt() }
                #expect(error?.diagnosis.found == "2 of 3 clips", "\(String(describing: error))")
            }
        }
    }

    @Test func aDownloadThatBreaksOffIsUnpackedOnceItIsWhole() throws {
        try withTemporaryDirectory { folder in
            let bytes = ZipBytes(Self.entries).bytes
            let server = try LocalServer { request, index in
                index == 0 ? LocalServer.Answer.file(bytes, request).cut(100) : .file(bytes, request)
            }
            let bench = try Bench(in: folder, Self.entries, url: server.url())
            var fetch = bench.fetch
            fetch.patience.waits = []
            #expect(throws: FetchError.self) { try fetch.run() }
            #expect(!bench.isThere("corpora/ravdess") && bench.isThere("downloads/ravdess"))
            _ = try fetch.run()
            expectWhole(bench)
            #expect(server.requests.map(\.start) == [0, bytes.count - 100])
        }
    }

    @Test func anArchiveThatWasDownloadedButNotUnpackedIsTimbresOwn() throws {
        try withTemporaryDirectory { folder in
            let bytes = ZipBytes(Self.entries).bytes
            let server = try LocalServer { request, _ in .file(bytes, request) }
            let bench = try Bench(in: folder, Self.entries, url: server.url())
            // A file where a folder has to be keeps the first run from unpacking.
            try bench.put(Data(), at: "corpora")
            #expect(throws: CommandError.self) { try bench.fetch.run() }
            #expect(bench.isThere("downloads/ravdess") && !bench.isThere("downloads/ravdess/clips.zip"))
            try FileManager.default.removeItem(at: bench.cache.appendingPathComponent("corpora"))
            _ = try bench.fetch.run()
            expectWhole(bench)
            #expect(!bench.isThere("downloads") && server.requests.count == 1)
        }
    }

    @Test func anArchiveByHandIsUsedWhereItIsGivenAndStays() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            _ = try bench.fetch.run(from: bench.file)
            expectWhole(bench)
            #expect(FileManager.default.fileExists(atPath: bench.file.path))
        }
    }

    @Test func anArchiveByHandIsFoundAtTheStatedPlaceAndStays() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            let error = #expect(throws: FetchError.self) { try bench.fetch.run() }
            let place = "downloads/ravdess/clips.zip"
            #expect(error?.diagnosis.remedy?.contains("\(bench.cache.relativePath)/\(place)") == true)
            try bench.put(Data(contentsOf: bench.file), at: place)
            _ = try bench.fetch.run()
            expectWhole(bench)
            #expect(bench.isThere(place))
        }
    }

    @Test func anotherArchiveByHandIsRefusedAndStays() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            let other = ZipBytes(Self.entries.map { Entry($0.name, Data($0.stored.reversed())) }).bytes
            #expect(other.count == bench.archive.size)
            for path in ["downloads/ravdess/clips.zip", "other.zip"] { try bench.put(other, at: path) }
            for given in [nil, bench.cache.appendingPathComponent("other.zip")] {
                let error = #expect(throws: FetchError.self) { try bench.fetch.run(from: given) }
                guard case .otherFile(_, let found, let expected)? = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(expected == "\(other.count) bytes, \(bench.archive.digest)" && found != expected)
            }
            let absent = FetchError.unreadable(file: "absent.zip", reason: "no such file or directory")
            #expect(throws: absent) { try bench.fetch.run(from: URL(fileURLWithPath: "absent.zip")) }
            #expect(bench.isThere("downloads/ravdess/clips.zip") && !bench.isThere("corpora/ravdess"))
        }
    }

    @Test func anArchiveWithoutAllClipsIsNotUnpacked() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Array(Self.entries.dropFirst()))
            let error = FetchError.incompleteArchive(file: bench.file.relativePath, missing: [Self.clips[0]], of: 3)
            #expect(throws: error) { try bench.fetch.run(from: bench.file) }
            #expect(!bench.isThere("corpora"))
        }
    }

    @Test func whatElseIsInTheArchiveIsLeftThereUnlessItIsHostile() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries + [Entry("readme.txt")])
            _ = try bench.fetch.run(from: bench.file)
            expectWhole(bench)
            #expect(!bench.isThere("corpora/ravdess/readme.txt"))
            #expect(bench.lines.all.contains("  1 other file in the archive left alone"), "\(bench.lines.all)")
        }
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries + [Entry("../../../evil")])
            #expect(throws: (any Error).self) { try bench.fetch.run(from: bench.file) }
            #expect(!bench.isThere("corpora"))
        }
    }

    @Test func aPartOfACorpusIsNotWrittenOver() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            try bench.put(Data("mine".utf8), at: "corpora/ravdess/\(Self.clips[1])")
            let error = FetchError.inTheWay(
                place: "\(bench.cache.relativePath)/corpora/ravdess", found: "1 of 3 clips",
                expected: "all 3 clips, or nothing")
            #expect(throws: error) { try bench.fetch.run(from: bench.file) }
            #expect(bench.bytes("corpora/ravdess/\(Self.clips[1])") == Data("mine".utf8))
        }
    }

    @Test func nothingIsUnpackedThroughALink() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            let elsewhere = folder.appendingPathComponent("elsewhere")
            for place in [bench.cache, elsewhere] {
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(
                at: bench.cache.appendingPathComponent("corpora"), withDestinationURL: elsewhere)
            #expect(throws: CommandError.self) { try bench.fetch.run(from: bench.file) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
        }
    }

    @Test func whatIsNotThereIsSaidWithoutANetwork() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            let place = "\(bench.cache.relativePath)/corpora/ravdess"
            #expect(throws: FetchError.notThere(place: place, name: "ravdess")) { try bench.fetch.found() }
            _ = try bench.fetch.run(from: bench.file)
            #expect(try bench.fetch.found() == "\(place): all 3 clips are there")
        }
    }

    @Test func aPartOfACorpusIsCountedAndTheRemedyCanBeDone() throws {
        try withTemporaryDirectory { folder in
            let bench = try Bench(in: folder, Self.entries)
            let place = bench.cache.appendingPathComponent("corpora/ravdess")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let absent = FetchError.notThere(place: "\(bench.cache.relativePath)/corpora/ravdess", name: "ravdess")
            #expect(throws: absent) { try bench.fetch.found() }
            for clip in Self.clips.dropFirst() { try bench.put(Data("sound".utf8), at: "corpora/ravdess/\(clip)") }
            let error = #expect(throws: FetchError.self) { try bench.fetch.found() }
            #expect(error?.diagnosis.found == "2 of 3 clips")
            #expect(error?.diagnosis.remedy?.hasSuffix("/corpora/ravdess ELSEWHERE && timbre fetch ravdess") == true)
            try FileManager.default.moveItem(at: place, to: folder.appendingPathComponent("ELSEWHERE"))
            _ = try bench.fetch.run(from: bench.file)
            expectWhole(bench)
        }
    }

    @Test func theArchiveMayBeElsewhereButIsTheSame() {
        let fetch = RavdessFetch(
            cache: URL(fileURLWithPath: "cache"), environment: ["TIMBRE_RAVDESS_URL": "http://mirror.example/r.zip"],
            console: .silent)
        #expect(fetch.archive.url == "http://mirror.example/r.zip" && fetch.clips.count == 1440)
        #expect(fetch.archive.digest == RavdessFetch.published.digest && fetch.archive.size == 208_468_073)
    }
}

/// A console's lines.
final class Lines: Sendable {
    private let texts = Mutex<[String]>([])

    var console: Console { Console(isLive: false) { [self] text in texts.withLock { $0.append(text) } } }

    var all: [String] { texts.withLock { $0 }.map { $0.trimmingCharacters(in: .newlines) } }
}
