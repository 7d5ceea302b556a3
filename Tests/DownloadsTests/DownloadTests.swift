import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Downloads

@Suite struct DownloadTests {
    private typealias Answer = LocalServer.Answer
    private let bytes = Trial.bytes

    @Test func aWholeFileComesInOneRequest() throws {
        let trial = try Trial { request, _ in .file(Trial.bytes, request) }
        #expect(trial.isWhole && trial.ranges == [nil], "\(trial)")
    }

    @Test func whatBreaksOffGoesOnWhereItWasIfTheFileIsTheSame() throws {
        let trial = try Trial { request, index in
            let whole = Answer.file(Trial.bytes, request)
            return index < 2 ? whole.cut(20_000 - 5_000 * index) : whole
        }
        #expect(trial.isWhole, "\(trial)")
        #expect(trial.ranges == [nil, "bytes=30000-", "bytes=35000-"])
        #expect(trial.requests.map { $0.headers["if-range"] } == [nil, "\"1\"", "\"1\""])
        #expect(trial.told.count == 2 && trial.told.allSatisfy { $0.hasSuffix("; trying again in 0.0 s") })
    }

    @Test func theNextRunGoesOnWhereThisOneGaveUp() throws {
        let first = try Trial(waits: []) { request, _ in Answer.file(Trial.bytes, request).cut(20_000) }
        guard case .brokenOff(_, _, kept: 30_000, _)? = first.error as? DownloadError else {
            Issue.record("\(first)")
            return
        }
        #expect(first.part == bytes.prefix(30_000))
        let second = try Trial(left: first.part) { request, _ in .file(Trial.bytes, request) }
        #expect(second.isWhole && second.ranges == ["bytes=30000-"], "\(second)")
    }

    @Test func aPartThatIsAllOfTheFileNeedsNoServer() throws {
        let trial = try Trial(left: bytes) { _, _ in Answer(404) }
        #expect(trial.isWhole && trial.requests.isEmpty, "\(trial)")
    }

    @Test func whatIsNotPublishedStaysAPartThatTheNextRunFinds() throws {
        try withTemporaryDirectory { folder in
            let place = folder.appendingPathComponent("file")
            try bytes.write(to: place)
            let digest = try ContentDigest(.sha256, "").compared(withFile: place)
            try Data("a user's".utf8).write(to: place)
            let server = try LocalServer { request, _ in .file(Trial.bytes, request) }
            for _ in 0..<2 {
                let part = try Download(
                    from: #require(WebAddress(server.url())), to: place, size: bytes.count, digest: digest
                ).runUnpublished()
                #expect(part.lastPathComponent == "file.\(digest.hex.prefix(8)).part")
                #expect(try Data(contentsOf: part) == bytes)
            }
            #expect(try Data(contentsOf: place) == Data("a user's".utf8))
            #expect(server.requests.count == 1)
        }
    }

    @Test func aServerThatKnowsNoPartsBeginsAnew() throws {
        let trial = try Trial(left: bytes.prefix(10_000)) { _, _ in Answer(200, body: Trial.bytes) }
        #expect(trial.isWhole && trial.ranges == ["bytes=10000-"], "\(trial)")
        #expect(trial.told == ["the server does not go on where the download broke off: it begins anew"])
    }

    @Test(arguments: [
        "Content-Range: bytes 9-49999/50000", "Content-Range: bytes 10000-59999/60000", "Content-Range: nonsense",
        "X: y",
    ])
    func anotherPartThanAskedForIsNotTaken(range: String) throws {
        let trial = try Trial(left: bytes.prefix(10_000)) { request, index in
            index == 0 ? Answer(206, [range], body: Trial.bytes.dropFirst(10_000)) : .file(Trial.bytes, request)
        }
        #expect(trial.isWhole && trial.ranges == ["bytes=10000-", nil], "\(trial)")
    }

    @Test func aPartThatTheServerDoesNotHaveBeginsAnew() throws {
        let trial = try Trial(left: bytes.prefix(10_000)) { request, index in
            index == 0 ? Answer(416) : .file(Trial.bytes, request)
        }
        #expect(trial.isWhole && trial.ranges == ["bytes=10000-", nil], "\(trial)")
    }

    @Test func aPartLongerThanTheFileIsThrownAway() throws {
        let trial = try Trial(left: bytes + bytes) { request, _ in .file(Trial.bytes, request) }
        #expect(trial.isWhole && trial.ranges == [nil], "\(trial)")
    }

    @Test func wrongBytesAreRefusedAndRemoved() throws {
        let trial = try Trial { _, _ in Answer(200, body: Data(Trial.bytes.reversed())) }
        guard case .wrongBytes(let url, let found, let expected)? = trial.error as? DownloadError else {
            Issue.record("\(trial)")
            return
        }
        #expect(url == trial.url && found.hasPrefix("50000 bytes, SHA-256 ") && found != expected)
        #expect(trial.file == nil && trial.part == nil)
    }

    @Test func wrongBytesInWhatWasLeftAreRefusedAndRemoved() throws {
        let trial = try Trial(left: Data(count: 10_000)) { request, _ in .file(Trial.bytes, request) }
        guard case .wrongBytes? = trial.error as? DownloadError else {
            Issue.record("\(trial)")
            return
        }
        #expect(trial.file == nil && trial.part == nil)
    }

    @Test func anotherLengthIsRefusedBeforeAnythingIsTaken() throws {
        let page = Data("<title>Log in first\u{1b}[2J</title>".utf8)
        let trial = try Trial(left: bytes.prefix(7)) { _, _ in Answer(200, ["Content-Type: text/html"], body: page) }
        expect(
            trial,
            failsWith: .wrongSizeOffered(
                url: trial.url, found: "\(page.count) bytes, text/html", expected: bytes.count))
        #expect(trial.part == bytes.prefix(7))
    }

    @Test(arguments: [50_000, nil])
    func whatDoesNotEndIsCutOff(size: Int?) throws {
        let trial = try Trial(size: size, limit: 60_000) { _, _ in
            Answer { index in index == 0 ? Data("HTTP/1.1 200 OK\r\n\r\n".utf8) : Data(count: 10_000) }
        }
        expect(trial, failsWith: .tooLong(url: trial.url, expected: size ?? 60_000))
        #expect(trial.part == nil)
    }

    @Test func aConnectionThatClosesEarlyWithoutALengthIsABreak() throws {
        let trial = try Trial { request, index in
            guard index == 0 else { return .file(Trial.bytes, request) }
            return Answer(bytes: Data("HTTP/1.1 200 OK\r\n\r\n".utf8) + Trial.bytes.prefix(123))
        }
        #expect(trial.isWhole && trial.ranges == [nil, "bytes=123-"], "\(trial)")
    }

    @Test func aSizeThatIsNotKnownIsTakenAsItComes() throws {
        let trial = try Trial(size: nil) { request, index in
            let whole = Answer.file(Trial.bytes, request)
            return index == 0 ? whole.cut(1) : whole
        }
        #expect(trial.isWhole && trial.ranges == [nil, "bytes=49999-"], "\(trial)")
    }

    @Test func whatIsNotThereIsAskedForOnce() throws {
        let trial = try Trial { _, _ in Answer(404, body: Data("no such file".utf8)) }
        expect(trial, failsWith: .status(url: trial.url, status: 404))
        #expect(trial.requests.count == 1 && trial.part == nil)
    }

    @Test func aBusyServerIsAskedAgainWhenItSays() throws {
        let trial = try Trial(waits: [9, 9]) { request, index in
            index == 0 ? Answer(503, ["Retry-After: 0"]) : .file(Trial.bytes, request)
        }
        #expect(trial.isWhole && trial.requests.count == 2, "\(trial)")
        #expect(trial.told == ["HTTP status 503; trying again in 0.0 s"])
    }

    @Test func aServerThatWantsToBeAskedTomorrowIsLeft() throws {
        let trial = try Trial { _, _ in Answer(429, ["Retry-After: 86400"]) }
        expect(trial, failsWith: .askedToWait(url: trial.url, status: 429, seconds: 86_400))
    }

    @Test func aServerThatIsAlwaysBusyIsLeft() throws {
        let trial = try Trial { _, _ in Answer(500) }
        expect(trial, failsWith: .status(url: trial.url, status: 500))
        #expect(trial.requests.count == 4)
    }

    @Test func silenceIsABreak() throws {
        // On a busy machine an answer that is none of the server's may be silent for a second too.
        let trial = try Trial(waits: Array(repeating: 0.01, count: 9), stalled: 1) { request, _ in
            let whole = Answer.file(Trial.bytes, request)
            return request.start == 0 ? whole.cut(20_000).stalled(20) : whole
        }
        #expect(trial.isWhole && trial.ranges.contains { $0 != nil }, "\(trial)")
        #expect(trial.told.first?.contains("too slow") == true, "\(trial)")
    }

    @Test func aTrickleIsABreak() throws {
        let start = Date()
        let trial = try Trial(waits: [], stalled: 1) { _, _ in
            Answer { index in
                if index == 0 { return Data("HTTP/1.1 200 OK\r\n\r\n".utf8) }
                Thread.sleep(forTimeInterval: 0.1)
                return index < 200 ? Data(count: 1) : nil
            }
        }
        guard case .brokenOff? = trial.error as? DownloadError else {
            Issue.record("\(trial)")
            return
        }
        #expect(-start.timeIntervalSinceNow < 15)
    }

    @Test func aFloodOfHeadersIsRefused() throws {
        let trial = try Trial { _, _ in
            Answer { index in
                Data(
                    (index == 0 ? "HTTP/1.1 200 OK\r\n" : "X-\(index): \(String(repeating: "y", count: 999))\r\n").utf8)
            }
        }
        expect(trial, failsWith: .headersTooLong(url: trial.url))
    }

    @Test func aServerThatSpeaksNoHTTPIsLeft() throws {
        let trial = try Trial { _, _ in Answer(bytes: Data("220 mail.example ESMTP\r\n".utf8)) }
        #expect((trial.error as? DownloadError)?.diagnosis.exit == .unavailable, "\(trial)")
        #expect(trial.file == nil)
    }

    @Test func whereNobodyListensItFailsAtOnceAndLeavesNothing() throws {
        try withTemporaryDirectory { folder in
            let url = try LocalServer.deadURL()
            let download = Download(
                from: try #require(WebAddress(url)), to: folder.appendingPathComponent("file"), size: 3,
                digest: ContentDigest(.md5, "0"))
            let told = Mutex<[String]>([])
            let error = #expect(throws: DownloadError.self) {
                try download.run(.init(tell: { line in told.withLock { $0.append(line) } }))
            }
            guard case .unreachable(url, _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            // Each new try is told.
            #expect(told.withLock { $0 }.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func nothingIsWrittenThroughALink() throws {
        try withTemporaryDirectory { folder in
            let target = folder.appendingPathComponent("precious")
            try Data("precious".utf8).write(to: target)
            let part = folder.appendingPathComponent("file.01234567.part")
            try FileManager.default.createSymbolicLink(at: part, withDestinationURL: target)
            let server = try LocalServer { request, _ in .file(Trial.bytes, request) }
            let download = Download(
                from: try #require(WebAddress(server.url())), to: folder.appendingPathComponent("file"), size: 50_000,
                digest: ContentDigest(.md5, "0123456789"))
            let error = #expect(throws: DownloadError.self) { try download.run() }
            guard case .cannotWrite? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try Data(contentsOf: target) == Data("precious".utf8) && server.requests.isEmpty)
        }
    }
}
