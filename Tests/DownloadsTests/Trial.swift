import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Downloads

/// A download from a server that answers as a test says, into a folder of its own, and what came of it.
struct Trial {
    private(set) var error: (any Error)?
    private(set) var file: Data?
    private(set) var part: Data?
    private(set) var requests: [LocalServer.Request] = []
    private(set) var told: [String] = []
    private(set) var url = ""

    /// What the file should hold.
    static let bytes = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })

    /// - Parameter left: what an earlier run has left.
    /// - Parameter waits: how long is waited before each new try.
    init(
        left: Data? = nil, waits: [Double] = [0.01, 0.01, 0.01], stalled: Int = 30, size: Int? = bytes.count,
        limit: Int = 1 << 20, _ answer: @escaping @Sendable (LocalServer.Request, Int) -> LocalServer.Answer
    ) throws {
        let server = try LocalServer(answer)
        url = server.url()
        try withTemporaryDirectory { folder in
            let place = folder.appendingPathComponent("file")
            try Self.bytes.write(to: place)
            let digest = try ContentDigest(.sha256, "").compared(withFile: place)
            try FileManager.default.removeItem(at: place)
            let rest = folder.appendingPathComponent("file.\(digest.hex.prefix(8)).part")
            try left?.write(to: rest)
            var patience = Patience()
            (patience.waits, patience.stalled) = (waits, stalled)
            // libcurl means the speed over some seconds, which is as slow as this at once.
            if stalled == 1 { patience.slowest = 1 << 30 }
            let lines = Mutex<[String]>([])
            do {
                try Download(
                    from: #require(WebAddress(url)), to: place, size: size, limit: limit, digest: digest,
                    patience: patience
                ).run(.init(tell: { line in lines.withLock { $0.append(line) } }))
            } catch {
                self.error = error
            }
            (file, part) = (try? Data(contentsOf: place), try? Data(contentsOf: rest))
            told = lines.withLock { $0 }
        }
        requests = server.requests
    }

    /// The headers by which each request asked for a part.
    var ranges: [String?] { requests.map { $0.headers["range"] } }

    /// Whether the file is there and right, and nothing beside it.
    var isWhole: Bool { error == nil && file == Self.bytes && part == nil }
}

/// Asserts which error a trial ended with.
func expect(_ trial: Trial, failsWith error: DownloadError, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(trial.error as? DownloadError == error, sourceLocation: sourceLocation)
    #expect(trial.file == nil, sourceLocation: sourceLocation)
}
