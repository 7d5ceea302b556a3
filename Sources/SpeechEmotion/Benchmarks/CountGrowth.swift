import Drafts
import Foundation
import Reports

/// What a corpus needs to be embedded, by its number of clips: short clips from their files into a fresh store, by a program
/// of its own for each number, so that the most memory is each one's own.
struct CountGrowth {
    /// What one number of clips needed.
    struct Row: Sendable, Equatable {
        let clips: Int
        /// From the program's start to its end: listing, digests, decoding, encoder and database.
        let seconds: Double
        /// The most that the program had resident at one moment; nil where the kernel does not tell.
        let residentBytes: Int?
    }

    /// What was measured, and with what, in a few words.
    let subject: String
    let rows: [Row]

    /// Embeds each number of clips once.
    ///
    /// - Parameters:
    ///   - counts: each at least 1.
    ///   - program: Timbre's own file.
    ///   - folder: where corpora are written, used and removed; a clip has 58 kB.
    ///   - tell: is handed a line for each number as soon as it is measured.
    /// - throws: ``CommandError/cannotWrite(path:reason:)``, a `Diagnosis` of a program that failed, and what `tell` throws.
    init(of counts: [Int], program: URL, jobs: Int, folder: URL, tell: (String) throws -> Void) throws {
        subject = "noise of \(NoiseCorpus.seconds) s, a tiny untrained encoder, \(counted(jobs, "worker"))"
        rows = try Set(counts).sorted().map { count in
            let row = try Self.row(of: count, program: program, jobs: jobs, folder: folder)
            try tell(row.line)
            return row
        }
    }

    init(subject: String, rows: [Row]) { (self.subject, self.rows) = (subject, rows) }

    private static func row(of count: Int, program: URL, jobs: Int, folder: URL) throws -> Row {
        try Project.create(folder)
        let place = try Project.writing(folder) { try Draft.folder(in: folder) }
        defer { place.discard() }
        let corpus = NoiseCorpus(directory: place.url, clips: count)
        try Project.writing(place.url) { try corpus.write() }
        let run = try TimedProgram(
            program, arguments: ["run", NoiseCorpus.stageFileName, "--jobs", "\(jobs)"], in: place.url)
        return Row(clips: count, seconds: run.seconds, residentBytes: run.residentBytes)
    }
}

extension CountGrowth.Row {
    /// The row as it is told.
    var line: String {
        "count    \(counted(clips, "clip")): \(seconds.fixed(3)) s, at most \(residentBytes.map(megabytes) ?? "unknown") resident"
    }
}

extension CountGrowth {
    /// `count.csv` and two pictures of it.
    var files: [RenderedText] {
        [
            RenderedText(file: "count.csv", text: table.text), time.rendered(file: "count_seconds.svg"),
            memory.rendered(file: "count_memory.svg"),
        ]
    }

    private var table: CSVTable {
        var table = CSVTable(columns: ["clips", "seconds", "peak_resident_bytes"])
        for row in rows {
            table.append([
                .integer(row.clips), .number(row.seconds), row.residentBytes.map { .integer($0) } ?? .number(nil),
            ])
        }
        return table
    }

    private var time: GrowthPicture {
        GrowthPicture(
            id: "count-seconds", title: "Time to embed a corpus by its clips", subtitle: subject, xName: "clips",
            yName: "time, s",
            curves: [
                GrowthPicture.Curve(
                    name: "from files to the store", points: rows.map { (Double($0.clips), $0.seconds) })
            ])
    }

    private var memory: GrowthPicture {
        let points = rows.compactMap { row in row.residentBytes.map { (Double(row.clips), Double($0) / 1e6) } }
        return GrowthPicture(
            id: "count-memory", title: "Memory to embed a corpus by its clips", subtitle: subject, xName: "clips",
            yName: "memory, MB", curves: [GrowthPicture.Curve(name: "resident at most", points: points)])
    }
}
