import Foundation
import Kernels
import Randomness
import Reports
import Wav2Vec2

/// What an encoder needs for a clip, by the clip's length: noise of each length as one window, on one worker.
struct LengthGrowth {
    /// What a clip of one length needed.
    struct Row: Sendable, Equatable {
        /// The clip's length in seconds.
        let length: Int
        /// The median of the runs.
        let seconds: Double
        /// What of it went into scores, softmax and the sum of values: the part that grows with the square of the length.
        let attention: Double
        /// What the worker's own buffers hold.
        let workspaceBytes: Int
        /// The most that the whole program had resident meanwhile, weights included; nil where the kernel does not tell.
        let residentBytes: Int?
    }

    /// What was measured, and with what, in a few words.
    let subject: String
    let rows: [Row]

    /// Runs each length once to fill the caches, and `runs` times to be measured, the shortest length first.
    ///
    /// - Parameters:
    ///   - lengths: in seconds, each at least 1.
    ///   - tell: is handed a line for each length as soon as it is measured.
    /// - throws: `EncoderError`, `CheckpointError`, and what `tell` throws.
    init(
        of lengths: [Int], by directory: URL, precision: Precision, runs: Int, tell: (String) throws -> Void
    ) throws {
        let encoder = try Encoder(directory: directory, precision: precision)
        subject =
            "\(directory.lastPathComponent), \(precision.rawValue), path \(encoder.instructionSet), one worker"
        rows = try Set(lengths).sorted().map { length in
            let row = try Self.row(of: length, by: encoder, runs: runs)
            try tell(row.line)
            return row
        }
    }

    init(subject: String, rows: [Row]) { (self.subject, self.rows) = (subject, rows) }

    private static func row(of length: Int, by encoder: Encoder, runs: Int) throws -> Row {
        let samples = encoder.preprocessing.prepared(noise(length * encoder.preprocessing.sampleRate))
        let workspace = encoder.makeWorkspace()
        // Loading the weights took more than most clips do.
        PeakMemory.forget()
        _ = try encoder.pooledHiddenStates(of: samples, using: workspace)
        let passes = try (0..<runs).map { _ in
            workspace.profile = Profile()
            let start = ContinuousClock.now
            _ = try encoder.pooledHiddenStates(of: samples, using: workspace)
            let seconds = start.duration(to: .now).inSeconds
            return (seconds: seconds, attention: workspace.profile?.seconds(in: .attention) ?? 0)
        }
        let median = passes.sorted { $0.seconds < $1.seconds }[runs / 2]
        return Row(
            length: length, seconds: median.seconds, attention: median.attention, workspaceBytes: workspace.bytes,
            residentBytes: PeakMemory.bytes(ofProcess: "self"))
    }

    private static func noise(_ samples: Int) -> [Float] {
        var random = SeededGenerator(seed: 0, purpose: "noise")
        return (0..<samples).map { _ in Float(random.uniform() - 0.5) }
    }
}

extension LengthGrowth.Row {
    /// The row as it is told.
    var line: String {
        "length   \(length) s: \(seconds.fixed(3)) s, attention \(attention.fixed(3)) s, "
            + "workspace \(megabytes(workspaceBytes)), at most \(residentBytes.map(megabytes) ?? "unknown") resident"
    }
}

extension LengthGrowth {
    /// `length.csv` and two pictures of it.
    var files: [RenderedText] {
        [
            RenderedText(file: "length.csv", text: table.text), time.rendered(file: "length_seconds.svg"),
            memory.rendered(file: "length_memory.svg"),
        ]
    }

    private var table: CSVTable {
        var table = CSVTable(columns: [
            "audio_seconds", "seconds", "attention_seconds", "workspace_bytes", "peak_resident_bytes",
        ])
        for row in rows {
            table.append([
                .integer(row.length), .number(row.seconds), .number(row.attention), .integer(row.workspaceBytes),
                row.residentBytes.map { .integer($0) } ?? .number(nil),
            ])
        }
        return table
    }

    private var time: GrowthPicture {
        GrowthPicture(
            id: "length-seconds", title: "Time for one clip by its length", subtitle: subject,
            xName: "length of the clip, s", yName: "time, s",
            curves: [
                curve("all", \.seconds), curve("attention: grows with the square", \.attention),
                curve("all but attention", { $0.seconds - $0.attention }),
            ])
    }

    private var memory: GrowthPicture {
        GrowthPicture(
            id: "length-memory", title: "Memory for one clip by its length", subtitle: subject,
            xName: "length of the clip, s", yName: "memory, MB",
            curves: [
                curve("resident at most, weights included", { $0.residentBytes.map { Double($0) / 1e6 } }),
                curve("the worker's buffers", { Double($0.workspaceBytes) / 1e6 }),
            ])
    }

    private func curve(_ name: String, _ value: (Row) -> Double?) -> GrowthPicture.Curve {
        GrowthPicture.Curve(name: name, points: rows.compactMap { row in value(row).map { (Double(row.length), $0) } })
    }
}

extension Profile {
    /// How long a worker was in a part.
    fileprivate func seconds(in part: EncoderPart) -> Double { parts.first { $0.part == part }?.seconds ?? 0 }
}
