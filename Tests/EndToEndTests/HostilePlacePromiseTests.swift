import FeatureStore
import Foundation
import GRDB
import SpeechEmotion
import TestSupport
import Testing

/// What comes from a stranger writes, replaces and removes nothing outside the project, and holds nobody up.
@Suite struct HostilePlacePromiseTests {
    // MARK: Links and paths

    /// A trap in the project, and what a user would do beside it; `outside` is a link's length away.
    struct Trap: Sendable {
        let name: String
        let status: Int32
        let words: String
        let set: @Sendable (Workbench) throws -> Void
        let arguments: [String]
    }

    private static let traps = [
        Trap(
            name: "a report's folder is a link", status: 73, words: "a link stands where a folder is to be",
            set: { try $0.link("reports/small", to: "outside") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "the folder of heads is a link", status: 73, words: "a link stands where a folder is to be",
            set: { try $0.link("cache/heads", to: "outside") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "a pipeline's folder of heads is a link", status: 73, words: "a link stands where a folder is to be",
            set: { try $0.link("cache/heads/small", to: "outside") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database is a link to nothing", status: 73,
            words: "a link stands where the feature store writes",
            set: { try $0.link("cache/features.sqlite", to: "outside/new.sqlite") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database is a link to a text", status: 73,
            words: "a link stands where the feature store writes",
            set: { try $0.link("cache/features.sqlite", to: "outside/letter.md") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database is a link to an empty file", status: 73,
            words: "a link stands where the feature store writes",
            set: { bench in
                try bench.write("", to: "outside/empty")
                try bench.link("cache/features.sqlite", to: "outside/empty")
            }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database that is to be mended is a link", status: 73,
            words: "a link stands where the feature store writes",
            set: { bench in
                _ = try FeatureStore(at: bench.url("outside/store.sqlite"))
                let handle = try FileHandle(forUpdating: bench.url("outside/store.sqlite"))
                try handle.seek(toOffset: 21)
                try handle.write(contentsOf: [0xFF])
                try handle.close()
                try bench.link("cache/features.sqlite", to: "outside/store.sqlite")
            }, arguments: ["cache", "verify", "--drop"]),
        Trap(
            name: "the file that claims are made on is a link", status: 73,
            words: "a link stands where the feature store writes",
            set: { try $0.link("cache/features.sqlite-claims", to: "outside/claims") },
            arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database's log is a link", status: 73, words: "a link stands where the feature store writes",
            set: { try $0.link("cache/features.sqlite-wal", to: "outside/letter.md") },
            arguments: ["run", "small.yaml"]),
        Trap(
            name: "the database's shared memory is a link", status: 73,
            words: "a link stands where the feature store writes",
            set: { try $0.link("cache/features.sqlite-shm", to: "outside/letter.md") },
            arguments: ["run", "small.yaml"]),
        Trap(
            name: "synthesize writes above the project", status: 73, words: "writes inside the project only",
            set: { try $0.synthesize(corpus: "../elsewhere-\(UUID().uuidString)") }, arguments: ["run", "demo.yaml"]),
        Trap(
            name: "synthesize writes behind a link", status: 73, words: "writes inside the project only",
            set: { bench in
                try bench.link("way", to: "/tmp")
                try bench.synthesize(corpus: "way/elsewhere-\(UUID().uuidString)")
            }, arguments: ["run", "demo.yaml"]),
        Trap(
            name: "synthesize replaces a marked folder with a letter in it", status: 73,
            words: "would remove what it did not make",
            set: { bench in
                try bench.write("0", to: "outside/.timbre-synthesized")
                try bench.synthesize(corpus: "outside")
            }, arguments: ["run", "demo.yaml"]),
        Trap(
            name: "synthesize replaces a folder that a link marks", status: 73,
            words: "would replace what it did not make",
            set: { bench in
                try bench.link("outside/.timbre-synthesized", to: "/dev/zero")
                try bench.synthesize(corpus: "outside")
            }, arguments: ["run", "demo.yaml"]),
        Trap(
            name: "a pipeline's name is a way out", status: 65, words: "lower-case letters, digits and hyphens",
            set: {
                try $0.write(Workbench.stageFile.replacing("name: small", with: "name: ../outside"), to: "small.yaml")
            },
            arguments: ["run", "small.yaml"]),
        Trap(
            name: "a fold's name is a way out", status: 0, words: "saved under cache/heads/small",
            set: { bench in
                try bench.write("fold,speaker\n../../outside/letter,01\nb,02\n", to: "folds.csv")
                try bench.write(
                    Workbench.stageFile.replacing("protocol: leave-one-speaker-out", with: "folds: folds.csv"),
                    to: "small.yaml")
            }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "a speaker's name is a way out", status: 0, words: "saved under cache/heads/small",
            set: { try $0.nameASpeaker("x/../../../outside/model") }, arguments: ["run", "small.yaml"]),
        Trap(
            name: "a speaker's name is a way out of an export", status: 0, words: "",
            set: { bench in
                try bench.nameASpeaker("x/../../outside/model")
                try bench.timbre("run", "small.yaml")
            }, arguments: ["export", "small.yaml", "--output", "out"]),
    ]

    @Test func trapsInAProjectLeadNowhere() throws {
        for trap in Self.traps {
            try Workbench.use { bench in
                try bench.makeOutside()
                try trap.set(bench)
                let before = try bench.outside()
                let outcome = try bench.timbreInTime(trap.arguments)
                #expect(outcome.status == trap.status, "\(trap.name): \(outcome.status), \(outcome.errors)")
                #expect(
                    trap.words.isEmpty || outcome.errors.contains(trap.words), "\(trap.name): \(outcome.errors)")
                #expect(try bench.outside() == before, "\(trap.name)")
            }
        }
        Trials.tell(
            "Nothing outside the project is written or removed", "\(Self.traps.count) traps, none caught anything")
    }

    @Test func exportRemovesAndWritesNothingBehindALink() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.timbre("export", "small.yaml", "--output", "mine")
            try bench.makeOutside()
            try bench.link("out/heads", to: "mine/heads")
            let heads = try bench.report("mine/heads")
            let outcome = try bench.timbre("export", "small.yaml", "--output", "out", "--set", "heads.saveHeads=false")
            #expect(outcome.status == 73 && outcome.errors.contains("out/heads"), "\(outcome.errors)")
            #expect(try bench.report("mine/heads") == heads)
        }
    }

    @Test func aLinkInTheWayOfAFileIsReplacedAndNotFollowed() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.makeOutside()
            let before = try bench.outside()
            let head = try #require(
                bench.names(in: "cache/heads/small").first)
            let card = head.replacing("safetensors", with: "md")
            for place in ["reports/small/report.md", "cache/heads/small/\(head)"] {
                try FileManager.default.removeItem(at: bench.url(place))
                try bench.link(place, to: "outside/letter.md")
            }
            for place in ["out/clips.csv", "out/embeddings.npz", "out/heads/\(head)", "out/heads/\(card)"] {
                try bench.link(place, to: "outside/letter.md")
            }
            #expect(try bench.timbre("run", "small.yaml").status == 0)
            let exported = try bench.timbre("export", "small.yaml", "--output", "out")
            #expect(exported.status == 0, "\(exported.errors)")
            #expect(try bench.outside() == before)
            #expect(try bench.text("reports/small/report.md").contains("UA"))
        }
    }

    // MARK: Databases

    @Test func aLedgerOfAStrangerRemovesNoFile() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.makeOutside()
            let before = try bench.outside()
            for name in ["../../outside/letter.md", bench.url("outside/letter.md").path, "../../outside", ".."] {
                try bench.sql("UPDATE ledger SET facts = facts || char(10) || 'aa ' || '\(name)'")
                let outcome = try bench.timbre("run", "small.yaml", "--force", "report")
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try bench.outside() == before, "\(name)")
            }
        }
    }

    @Test(arguments: [
        "CREATE TRIGGER t AFTER INSERT ON embeddings BEGIN UPDATE embeddings SET frames = 7; END",
        "CREATE TRIGGER t BEFORE DELETE ON ledger BEGIN SELECT load_extension('x'); END",
        "CREATE VIEW v AS SELECT * FROM files", "CREATE TABLE mine (x)", "CREATE INDEX i ON files (size + 1)",
        "ALTER TABLE files ADD COLUMN extra TEXT", "DROP TABLE audio_facts",
        "DROP TABLE audio_facts; CREATE VIEW audio_facts AS SELECT path AS clip FROM files",
        "PRAGMA user_version = 1",
    ]) func aDatabaseThatIsNotBuiltAsOursIsRefusedAndRunsNothing(_ change: String) throws {
        try Workbench.use { bench in
            try FileManager.default.createDirectory(at: bench.url("cache"), withIntermediateDirectories: true)
            _ = try FeatureStore(at: bench.url("cache/features.sqlite"))
            try bench.sql(change)
            let before = try bench.content()
            for command in [["run", "small.yaml"], ["cache", "stats"], ["cache", "verify"]] {
                let outcome = try bench.timbre(command)
                #expect(outcome.status == 65, "\(command): \(outcome.errors)")
                #expect(outcome.errors.contains("is not built as Timbre builds it"), "\(outcome.errors)")
            }
            #expect(try bench.content() == before)
        }
    }

    // MARK: Endless files

    private static let places = [
        "small.yaml", "encoder/config.json", "encoder/preprocessor_config.json", "encoder/model.safetensors",
        "folds.csv",
        "reports/small/cells.csv", "reports/small/predictions.csv", "cache/heads/small/HEAD", "clip.wav",
        "cache/features.sqlite",
        "corpus/Actor_01/03-01-01-01-01-01-01.wav",
    ]

    enum Endless: String, CaseIterable {
        case pipe = "pipes without a writer"
        case device = "links to a device without an end"
        case holes = "files of 4 TiB that are nothing but holes"

        func put(at place: URL) throws {
            try? FileManager.default.removeItem(at: place)
            switch self {
            case .pipe: #expect(mkfifo(place.path, 0o600) == 0)
            case .device:
                try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "/dev/zero")
            case .holes:
                #expect(FileManager.default.createFile(atPath: place.path, contents: nil))
                #expect(truncate(place.path, 1 << 42) == 0)
            }
        }
    }

    @Test(arguments: Endless.allCases) func anEndlessFileIsRefusedWithoutBeingReadToItsEnd(_ kind: Endless) throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            try bench.write(
                Workbench.stageFile.replacing("protocol: leave-one-speaker-out", with: "folds: folds.csv"),
                to: "folds.yaml")
            for place in Self.places {
                let path = place.replacing("cache/heads/small/HEAD", with: head)
                let before = try? Data(contentsOf: bench.url(path))
                try kind.put(at: bench.url(path))
                let outcome = try bench.timbreInTime(Self.command(reading: place, head: head))
                #expect(
                    [65, 66, 73, 74].contains(outcome.status), "\(kind) \(place): \(outcome.status) \(outcome.errors)")
                try FileManager.default.removeItem(at: bench.url(path))
                try before?.write(to: bench.url(path))
            }
            Trials.tell("Endless files hold nobody up", "\(kind.rawValue) in \(Self.places.count) places, all refused")
        }
    }

    private static func command(reading place: String, head: String) -> [String] {
        switch place {
        case "folds.csv": ["run", "folds.yaml"]
        case "clip.wav": ["embed", "--encoder", "encoder", "--output", "x.npz", "clip.wav"]
        case "cache/heads/small/HEAD": ["predict", "--head", head, "corpus/Actor_01"]
        case let place where place.hasPrefix("reports"):
            ["compare", "reports/small", "reports/small", "--second-cell", "x"]
        default: ["run", "small.yaml"]
        }
    }

    @Test func aStageFileMayComeThroughAPipe() throws {
        try Workbench.use { bench in
            let outcome = try bench.shell("exec bash -c '\"$0\" status <(sleep 0.1; cat small.yaml)' \"$0\"")
            #expect(outcome.status == 0 && outcome.output.contains("embeddings"), "\(outcome.errors)")
        }
    }

    // MARK: Corpora

    @Test func linksOutOfACorpusEnd() throws {
        try Workbench.use { bench in
            for (name, target) in [("up", ".."), ("self", "."), ("root", "/"), ("proc", "/proc"), ("gone", "nowhere")] {
                try FileManager.default.createSymbolicLink(
                    atPath: bench.url("corpus/\(name)").path, withDestinationPath: target)
            }
            try bench.write("no sound", to: "outside.wav")
            let outcome = try bench.timbreInTime(["status", "small.yaml"])
            #expect(outcome.status == 0 && outcome.output.contains("64 clips of 4 speakers\n"), "\(outcome)")
        }
    }

    @Test func namesThatAreNoTextAreToldAndTwinsAreTwo() throws {
        try Workbench.use { bench in
            let clip = "03-01-01-01-01-01-01.wav"
            for folder in ["\u{e9}", "e\u{301}"] {
                let place = bench.url("corpus").appendingPathComponent(folder)
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    at: bench.url("corpus/Actor_01/\(clip)"), to: place.appendingPathComponent(clip))
            }
            let twins = try bench.timbre("run", "small.yaml")
            #expect(twins.status == 65)
            #expect(twins.errors.contains("with its letters encoded in another way"), "\(twins.errors)")
            #expect(try bench.shell("mkdir \"corpus/$(printf '\\377')\"").status == 0)
            let noText = try bench.timbre("run", "small.yaml")
            #expect(noText.status == 66 && noText.errors.contains("a name that is no UTF-8"), "\(noText.errors)")
        }
    }
}

extension Workbench {
    /// A folder that no command has a reason to touch.
    fileprivate func makeOutside() throws {
        try FileManager.default.createDirectory(at: url("outside/deep"), withIntermediateDirectories: true)
        for name in ["letter.md", "report.md", "model.safetensors", "model.md", "deep/letter.md"] {
            try write("dear me", to: "outside/\(name)")
        }
    }

    /// What is in it, by path.
    fileprivate func outside() throws -> [String: Data] {
        let paths = FileManager.default.enumerator(atPath: url("outside").path)?.compactMap { $0 as? String } ?? []
        return Dictionary(
            uniqueKeysWithValues: paths.map { path in
                let file = url("outside").appendingPathComponent(path)
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: file.path)) != nil
                return (path, isLink ? Data("a link".utf8) : (try? Data(contentsOf: file)) ?? Data("a folder".utf8))
            })
    }

    /// A link; its target is a path within the workbench, or from the root.
    fileprivate func link(_ place: String, to target: String) throws {
        try FileManager.default.createDirectory(
            at: url(place).deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: url(place).path, withDestinationPath: target.hasPrefix("/") ? target : url(target).path)
    }

    /// Makes the corpus one of a table, in which the first speaker is called so.
    fileprivate func nameASpeaker(_ name: String) throws {
        let rows = Workbench.names.map { clip in
            "\(clip.path),\(clip.emotion),\(clip.actor == 1 ? name : "actor \(clip.actor)")"
        }
        try write((["path,label,speaker"] + rows).joined(separator: "\n") + "\n", to: "table.csv")
        try write(
            Workbench.stageFile.replacing(
                "layout: ravdess, root: corpus, complete: false", with: "layout: table, table: table.csv, root: corpus"),
            to: "small.yaml")
    }

    fileprivate func synthesize(corpus: String) throws {
        try write(
            "name: demo\nstages:\n  inputs: {kind: synthesize, corpus: \(corpus), encoder: cache/made}\n",
            to: "demo.yaml")
    }

    fileprivate func sql(_ statement: String) throws {
        let queue = try DatabaseQueue(path: url("cache/features.sqlite").path)
        try queue.write { try $0.execute(sql: statement) }
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// What the database is made of, and how many rows its tables have.
    fileprivate func content() throws -> [String] {
        try DatabaseQueue(path: url("cache/features.sqlite").path).read { database in
            let parts = try String.fetchAll(database, sql: "SELECT name || coalesce(sql, '') FROM sqlite_schema")
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            return try parts + tables.map { "\(try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0)" }
        }
    }

    /// As `timbre(_:)`; a program that still runs after a minute is ended, and is a failure.
    fileprivate func timbreInTime(_ arguments: [String]) throws -> Outcome {
        let process = try start(arguments)
        for _ in 0..<6_000 where process.isRunning { usleep(10_000) }
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            Issue.record("\(arguments) did not end within a minute")
        }
        return try outcome(of: process)
    }
}
