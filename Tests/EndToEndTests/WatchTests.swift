import Foundation
import TestSupport
import Testing

@Suite struct WatchTests {
    static let ends: [(signal: Int32, status: Int32)] = [(SIGTERM, 143), (SIGINT, 130)]

    @Test(arguments: ends) func clipsAreClassifiedAsTheyAppear(
        signal: Int32, status: Int32
    ) throws {
        try Workbench.use { bench in
            let process = try watch(bench, ["--format", "csv"])
            try bench.wait(for: "watching inbox; 1 clip there already", in: "stderr.txt", of: process)
            let clip = bench.url("corpus/\(Workbench.names[0].path)")
            try FileManager.default.copyItem(at: clip, to: bench.url("inbox/new.wav"))
            try bench.wait(for: "inbox/new.wav,", in: "stdout.txt", of: process)

            try Data(contentsOf: clip).prefix(5_000).write(to: bench.url("inbox/short.wav"))
            try bench.wait(for: "inbox/short.wav: the audio file is cut short", in: "stderr.txt", of: process)
            try Data(contentsOf: clip).write(to: bench.url("inbox/short.wav"))
            try bench.wait(for: "inbox/short.wav,", in: "stdout.txt", of: process)

            try WAVBytes([noise(8_000)], sampleRate: 16_000).data.write(to: bench.url("inbox/new.wav"))
            try bench.wait(for: ",0.5,", in: "stdout.txt", of: process)

            kill(process.processIdentifier, signal)
            let outcome = try bench.outcome(of: process)
            #expect(outcome.status == status)
            let files = outcome.output.split(separator: "\n").map { $0.prefix { $0 != "," } }
            #expect(files == ["file", "inbox/new.wav", "inbox/short.wav", "inbox/new.wav"])
            #expect(outcome.errors.contains("3 clips, "), "\(outcome.errors)")
        }
    }

    @Test func whatIsNamedAsWellIsClassifiedFirstAndAGoneDirectoryIsAnError() throws {
        try Workbench.use { bench in
            let process = try watch(bench, ["inbox", "corpus/Actor_01", "--format", "json"])
            try bench.wait(for: "watching inbox", in: "stderr.txt", of: process)
            let files = try bench.text("stdout.txt").split(separator: "\n")
            #expect(files.count == 17)
            #expect(files.first?.contains("inbox/old.wav") == true)
            try FileManager.default.removeItem(at: bench.url("inbox"))
            let outcome = try bench.outcome(of: process)
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("the directory to watch is not there"), "\(outcome.errors)")
        }
    }

    @Test(arguments: ["empty", "absent.wav", "takes"]) func aFirstPassThatFailsIsToldAndTheWatchGoesOn(
        first: String
    ) throws {
        try Workbench.use { bench in
            for folder in ["empty", "takes"] {
                try FileManager.default.createDirectory(at: bench.url(folder), withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(
                atPath: bench.url("takes/x.wav").path, withDestinationPath: "nowhere.wav")
            let process = try watch(bench, [first, "--format", "csv"])
            try bench.wait(for: "watching inbox; 1 clip there already", in: "stderr.txt", of: process)
            let told = try bench.text("stderr.txt")
            #expect(told.contains("timbre: "), "\(told)")
            let clip = bench.url("corpus/\(Workbench.names[0].path)")
            try FileManager.default.copyItem(at: clip, to: bench.url("inbox/new.wav"))
            try bench.wait(for: "inbox/new.wav,", in: "stdout.txt", of: process)
            process.terminate()
            #expect(try bench.outcome(of: process).status == 143)
        }
    }

    @Test func aHeadThatNeedsAllClipsOfASpeakerIsRefused() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead("heads.standardize=speaker")
            let outcome = try bench.timbre("predict", "--head", head, "--watch", "corpus", "--one-speaker")
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("one by one"), "\(outcome.errors)")
        }
    }

    /// Watches `inbox`, in which one clip lies.
    private func watch(_ bench: Workbench, _ arguments: [String]) throws -> Process {
        let head = try bench.trainedHead()
        try FileManager.default.createDirectory(at: bench.url("inbox"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: bench.url("corpus/\(Workbench.names[1].path)"), to: bench.url("inbox/old.wav"))
        return try bench.start(["predict", "--head", head, "--watch", "inbox"] + arguments)
    }
}
