import Downloads
import Foundation
import SpeechEmotion
import TestSupport
import Testing

/// The program against a server on this machine that behaves as servers and networks do.
@Suite struct FetchTests {
    private typealias Answer = LocalServer.Answer
    private static let commit = String(repeating: "4e", count: 20)
    private static let files = [
        "config.json": Data(#"{"model_type": "hubert"}"#.utf8),
        "preprocessor_config.json": Data("{}".utf8),
        "pytorch_model.bin": Data((0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 9) }),
    ]

    private func digest(_ kind: ContentDigest.Kind, _ bytes: Data) throws -> ContentDigest {
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("file")
            try bytes.write(to: file)
            return try ContentDigest(kind, "").compared(withFile: file)
        }
    }

    /// A server that gives the weights, to GET alone, and the hub that sends there; `breaking` changes what it answers.
    private func useHub<Result>(
        breaking: @escaping @Sendable (LocalServer.Request, Int, Answer) -> Answer = { $2 },
        _ body: (_ hub: LocalServer, _ store: LocalServer) throws -> Result
    ) throws -> Result {
        let weights = Self.files["pytorch_model.bin"] ?? Data()
        let store = try LocalServer { request, index in
            request.method == "GET" ? breaking(request, index, .file(weights, request)) : Answer(403)
        }
        let away = store.url("/blob?signature=secret", host: "localhost")
        let digests = try Self.files.mapValues { ($0, try digest(.sha256, $0).hex, try digest(.gitBlob, $0).hex) }
        let hub = try LocalServer { [digests, away] request, _ in
            let parts = request.target.components(separatedBy: "/resolve/")
            let (revision, name) = (parts.last?.split(separator: "/").first, request.target.split(separator: "/").last)
            guard request.target.contains("/facebook/hubert-base-ls960/resolve/"),
                revision == "main" || revision.map(String.init) == Self.commit,
                let (bytes, sha256, blob) = digests[name.map(String.init) ?? ""]
            else { return Answer(404) }
            let commit = "X-Repo-Commit: \(Self.commit)"
            guard name != "pytorch_model.bin" else {
                let facts = ["X-Linked-Etag: \"\(sha256)\"", "X-Linked-Size: \(bytes.count)", "Location: \(away)"]
                return Answer(302, [commit] + facts)
            }
            return Answer(
                200, [commit, "ETag: \"\(blob)\""], body: request.method == "HEAD" ? Data() : bytes, length: bytes.count
            )
        }
        return try body(hub, store)
    }

    private func environment(_ bench: Workbench, _ hub: LocalServer? = nil) -> [String: String] {
        var environment = ["HF_HOME": bench.url("hf").path, "HF_HUB_CACHE": "", "HF_TOKEN": "hf_secret"]
        if let hub { environment["HF_ENDPOINT"] = hub.url("/") }
        return environment
    }

    private func expectEncoder(_ bench: Workbench, sourceLocation: SourceLocation = #_sourceLocation) {
        for (name, bytes) in Self.files {
            let file = bench.url("cache/encoders/hubert-base/\(name)")
            #expect((try? Data(contentsOf: file)) == bytes, "\(name)", sourceLocation: sourceLocation)
        }
    }

    @Test func anEncoderIsFetchedOverABrokenConnectionByTheHubsOwnWord() throws {
        try useHub(breaking: { _, index, answer in index == 0 ? answer.cut(150_000) : answer }) { hub, store in
            try Workbench.use(clips: []) { bench in
                let outcome = try bench.timbre(
                    ["fetch", "hubert-base"], environment: environment(bench, hub))
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output == "cache/encoders/hubert-base: facebook/hubert-base-ls960\n")
                expectEncoder(bench)
                #expect(outcome.errors.contains("main, which is revision \(Self.commit)\n"), "\(outcome.errors)")
                #expect(outcome.errors.contains("the hub's own word"))
                #expect(store.requests.map(\.start) == [0, 250_000])
                #expect(hub.requests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
                #expect(store.requests.allSatisfy { $0.headers["authorization"] == nil })
                #expect(!outcome.errors.contains("secret"))
                let again = try bench.timbre(["fetch", "hubert-base"], environment: environment(bench))
                #expect(again.status == 0 && again.output.hasSuffix("nothing to do\n"), "\(again)")
            }
        }
    }

    @Test func wrongBytesAreRefused() throws {
        try useHub(breaking: { _, _, _ in Answer(200, body: Data(count: 400_000)) }) { hub, _ in
            try Workbench.use(clips: []) { bench in
                let outcome = try bench.timbre(["fetch", "hubert-base"], environment: environment(bench, hub))
                #expect(outcome.status == 65, "\(outcome.errors)")
                #expect(outcome.errors.contains("what came is not the file; it has been removed"), "\(outcome.errors)")
                #expect(!FileManager.default.fileExists(atPath: bench.url("cache/encoders").path))
            }
        }
    }

    @Test(arguments: zip([SIGINT, SIGTERM], [130, 143] as [Int32]))
    func anInterruptedDownloadIsKeptAndGoneOnWith(number: Int32, status: Int32) throws {
        try useHub(breaking: { _, index, answer in index == 0 ? answer.cut(150_000).stalled(20) : answer }) {
            hub, store in
            try Workbench.use(clips: []) { bench in
                let process = try bench.start(["fetch", "hubert-base"], environment: environment(bench, hub))
                while size(in: bench) < 250_000 && !process.hasEnded { usleep(10_000) }
                // It is told after it has been written.
                usleep(100_000)
                let start = Date()
                kill(process.processIdentifier, number)
                let outcome = try bench.outcome(of: process)
                #expect(outcome.status == status && -start.timeIntervalSinceNow < 15, "\(outcome)")
                let account =
                    "interrupted: 250.0 kB of 400.0 kB of pytorch_model.bin downloaded and kept; "
                    + "the next `timbre fetch hubert-base` goes on from there\n"
                #expect(outcome.errors.hasSuffix(account), "\(outcome.errors)")
                let next = try bench.timbre(["fetch", "hubert-base"], environment: environment(bench, hub))
                #expect(next.status == 0, "\(next.errors)")
                expectEncoder(bench)
                #expect(store.requests.last?.start == 250_000)
            }
        }
    }

    /// How much of the weights has come.
    private func size(in bench: Workbench) -> Int {
        let folder = bench.url("cache/downloads/hubert-base").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let part = names.first { $0.hasPrefix("pytorch_model.bin") && $0.hasSuffix(".part") }
        let facts = part.flatMap { try? FileManager.default.attributesOfItem(atPath: "\(folder)/\($0)") }
        return facts?[.size] as? Int ?? 0
    }

    @Test(.enabled(if: Sanitizer.allowsFileLimits, "\(Sanitizer.fileLimitsSkipped)"))
    func aFullDiskIsToldAndWhatCameIsKept() throws {
        try useHub { hub, _ in
            try Workbench.use(clips: []) { bench in
                let environment = environment(bench, hub)
                // In blocks of 512 bytes.
                let outcome = try bench.shell("ulimit -f 400; exec \"$0\" fetch hubert-base", environment: environment)
                #expect(outcome.status == 73, "\(outcome.errors)")
                #expect(outcome.errors.contains("file too large"), "\(outcome.errors)")
                #expect(size(in: bench) > 100_000)
                #expect(try bench.timbre(["fetch", "hubert-base"], environment: environment).status == 0)
                expectEncoder(bench)
            }
        }
    }

    @Test func aProxyOfTheEnvironmentIsAsked() throws {
        try useHub { hub, store in
            try Workbench.use(clips: []) { bench in
                let proxy = [
                    "http_proxy": hub.url("/"), "no_proxy": "localhost", "HF_ENDPOINT": "http://hub.invalid",
                ]
                let outcome = try bench.timbre(
                    ["fetch", "hubert-base"], environment: environment(bench).merging(proxy) { $1 })
                #expect(outcome.status == 0, "\(outcome.errors)")
                expectEncoder(bench)
                #expect(hub.requests.allSatisfy { $0.target.hasPrefix("http://hub.invalid/facebook/") })
                #expect(!store.requests.isEmpty)
            }
        }
    }

    @Test func whereNoServerIsItFailsSoonAndSaysHowToDoWithout() throws {
        try Workbench.use(clips: []) { bench in
            let (start, dead) = (Date(), try LocalServer.deadURL())
            let corpus = try bench.timbre(["fetch", "ravdess"], environment: ["TIMBRE_RAVDESS_URL": dead])
            #expect(corpus.status == 69 && corpus.output.isEmpty)
            #expect(corpus.errors.hasPrefix("RAVDESS, the Ryerson"), "\(corpus.errors)")
            for words in [
                "where:    \(dead)\n", "put it at cache/downloads/ravdess/Audio_Speech_Actors_01-24.zip",
                "208468073 bytes, MD5 bc696df654c87fed845eb13823edef8a", "--from FILE",
                "`timbre check pipelines/ravdess-speaker-cv.yaml` says \"clips     1440, 5329.0 s in all\"",
            ] {
                #expect(corpus.errors.contains(words), "\(words) in \(corpus.errors)")
            }
            var environment = environment(bench)
            environment["HF_ENDPOINT"] = dead
            let encoder = try bench.timbre(["fetch", "wav2vec2-base"], environment: environment)
            #expect(encoder.status == 69 && -start.timeIntervalSinceNow < 15)
            #expect(encoder.errors.contains("put them into cache/encoders/wav2vec2-base/"), "\(encoder.errors)")
            #expect(encoder.errors.contains("/resolve/0b5b8e868dd84f03fd87d01f9c4ff0f080fecfe8/config.json"))
            environment["HF_ENDPOINT"] = "ftp://example.org"
            #expect(try bench.timbre(["fetch", "wav2vec2-base"], environment: environment).status == 64)
        }
    }

    @Test func anotherArchiveIsRefusedWhoeverGivesIt() throws {
        try Workbench.use(clips: []) { bench in
            let page = Data("\u{1b}[2Jlog in first".utf8)
            let server = try LocalServer { _, _ in Answer(200, ["Content-Type: text/\u{1b}[2Jhtml"], body: page) }
            let offered = try bench.timbre(["fetch", "ravdess"], environment: ["TIMBRE_RAVDESS_URL": server.url()])
            #expect(offered.status == 65 && !offered.errors.contains("\u{1b}"), "\(offered.errors)")
            #expect(offered.errors.contains("expected: 208468073 bytes"), "\(offered.errors)")
            try bench.write("not a zip", to: "mine.zip")
            let given = try bench.timbre("fetch", "ravdess", "--from", "mine.zip")
            #expect(given.status == 65, "\(given.errors)")
            #expect(given.errors.contains("found:    9 bytes\n"), "\(given.errors)")
            #expect(try bench.timbre("fetch", "ravdess", "--from", "absent.zip").status == 66)
            #expect(try bench.timbre("fetch", "hubert-base", "--from", "mine.zip").status == 64)
            #expect(try bench.timbre("fetch", "ravdess", "--check").status == 66)
            #expect(server.requests.count == 1)
        }
    }

    @Test func anotherEncoderInItsPlaceIsLeftAlone() throws {
        try Workbench.use(clips: []) { bench in
            try FileManager.default.createDirectory(
                at: bench.url("cache/encoders"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: bench.url("encoder"), to: bench.url("cache/encoders/wav2vec2-base"))
            let outcome = try bench.timbre("fetch", "wav2vec2-base")
            #expect(outcome.status == 73, "\(outcome.errors)")
            #expect(outcome.errors.contains("model.safetensors"), "\(outcome.errors)")
            #expect(try bench.timbre("fetch", "wav2vec2-base", "--check").status == 0)
        }
    }

    @Test func anEncoderThatIsNotWholeIsNotThere() throws {
        try Workbench.use(clips: []) { bench in
            let place = bench.url("cache/encoders/hubert-base")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let check = ["fetch", "hubert-base", "--check"]
            let empty = try bench.timbre(check, environment: environment(bench))
            #expect(empty.status == 66 && empty.output.isEmpty, "\(empty)")
            let all = "no config.json, no preprocessor_config.json, no model.safetensors or pytorch_model.bin\n"
            #expect(empty.errors.contains("found:    \(all)"), "\(empty.errors)")
            for (name, bytes) in Self.files where name != "config.json" {
                try bytes.write(to: place.appendingPathComponent(name))
            }
            let part = try bench.timbre(check, environment: environment(bench))
            #expect(part.status == 66 && part.errors.contains("found:    no config.json\n"), "\(part)")
            #expect(part.errors.contains("try:      timbre fetch hubert-base, which adds"), "\(part.errors)")
            let fetched = try useHub { hub, _ in
                try bench.timbre(["fetch", "hubert-base"], environment: environment(bench, hub))
            }
            #expect(fetched.status == 0, "\(fetched)")
            #expect(try bench.timbre(check, environment: environment(bench)).status == 0)
            expectEncoder(bench)
        }
    }

    @Test func anEncoderInTheHuggingFaceCacheIsUsedThereAndReportsAreTheSame() throws {
        try Workbench.use { bench in
            let (stage, hf) = ("embeddings.encoder=encoders/wav2vec2-base", environment(bench))
            let files = FileManager.default
            try files.createDirectory(at: bench.url("encoders"), withIntermediateDirectories: false)
            try files.moveItem(at: bench.url("encoder"), to: bench.url("encoders/wav2vec2-base"))
            let own = try bench.timbre(["run", "small.yaml", "--set", stage], environment: hf)
            #expect(own.status == 0, "\(own.errors)")
            let report = try bench.report()
            let snapshot = try lend(bench, "encoders/wav2vec2-base", as: "models--facebook--wav2vec2-base")
            let lent = try bench.timbre(
                ["run", "small.yaml", "--set", stage, "--cache", "second", "--reports", "others"], environment: hf)
            #expect(lent.status == 0, "\(lent.errors)")
            #expect(
                lent.errors.contains("embeddings: encoders/wav2vec2-base is not there; using \(snapshot.path)\n"),
                "\(lent.errors)")
            #expect(try bench.report("others/small") == report)
            let named = "embeddings.encoder=facebook/wav2vec2-base"
            let check = try bench.timbre(["check", "small.yaml", "--set", named], environment: hf)
            #expect(check.output.contains("\nencoder   facebook/wav2vec2-base: untrained"), "\(check.output)")
            let heads = try bench.names(in: "second/heads/small")
            let head = "second/heads/small/\(try #require(heads.min()))"
            let answer = try bench.timbre(["predict", "--head", head, "corpus/Actor_01"], environment: hf)
            #expect(answer.status == 0 && answer.errors.contains("using \(snapshot.path)"), "\(answer)")
            let timed = try bench.timbre(
                [
                    "bench", "--part", "encoder", "--encoder", "encoders/wav2vec2-base", "--audio", "corpus", "--clips",
                    "1", "--runs", "1",
                ], environment: hf)
            #expect(timed.status == 0 && timed.errors.contains("using \(snapshot.path)\n"), "\(timed)")
            // Other weights than the published ones are no reason not to fetch.
            let fetch = try bench.timbre(
                ["fetch", "wav2vec2-base", "--check"], environment: hf)
            #expect(fetch.status == 0 && fetch.output.contains(snapshot.path), "\(fetch)")
        }
    }

    /// Moves an encoder into the cache of `huggingface_hub`, as it lays it out.
    private func lend(_ bench: Workbench, _ encoder: String, as model: String) throws -> URL {
        let files = FileManager.default
        let root = URL(fileURLWithPath: bench.url("hf").path).appendingPathComponent("hub/\(model)")
        let snapshot = root.appendingPathComponent("snapshots/\(Self.commit)")
        for folder in [root.appendingPathComponent("refs"), root.appendingPathComponent("blobs"), snapshot] {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        try Data(Self.commit.utf8).write(to: root.appendingPathComponent("refs/main"))
        for name in try bench.names(in: encoder) {
            try files.moveItem(
                at: bench.url(encoder).appendingPathComponent(name), to: root.appendingPathComponent("blobs/\(name)"))
            try files.createSymbolicLink(
                atPath: snapshot.appendingPathComponent(name).path, withDestinationPath: "../../blobs/\(name)")
        }
        try files.removeItem(at: bench.url(encoder))
        return snapshot
    }
}
