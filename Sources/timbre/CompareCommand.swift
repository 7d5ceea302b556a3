import ArgumentParser
import Diagnosis
import Evaluation
import Foundation
import SpeechEmotion

/// The command `timbre compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Set two reports, or two cells of one, side by side.",
        discussion: """
            Reads the predictions that the reports hold and trains nothing: scores with paired intervals over speakers, where \
            the confusion matrices differ, which clips flipped. Prints Markdown, or writes compare.md, compare.html, \
            flips.csv and pictures into a folder.
            """)

    @Argument(help: ArgumentHelp("A report's folder, or its stage file.", valueName: "first"), completion: .file())
    var first: String

    @Argument(help: ArgumentHelp("The report to set beside it.", valueName: "second"), completion: .file())
    var second: String

    @Option(help: ArgumentHelp("The cell of the first; its first one unless said.", valueName: "id"))
    var firstCell: String?

    @Option(help: ArgumentHelp("The cell of the second; its first one unless said.", valueName: "id"))
    var secondCell: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("A folder to write into instead of printing.", valueName: "dir"))
    var output: String?

    @Option(help: ArgumentHelp("Draws of the speakers, 100 to 1000000.", valueName: "n"))
    var draws = 10_000

    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Where the reports of stage files are.", valueName: "dir"))
    var reports = "reports"

    func validate() throws {
        guard (100...1_000_000).contains(draws) else {
            throw ValidationError("--draws needs a number from 100 to 1000000")
        }
    }

    func run() throws {
        let text = try compareReports(
            ReportReference(path: first, cell: firstCell), ReportReference(path: second, cell: secondCell),
            reports: URL(fileURLWithPath: reports), bootstrap: SpeakerBootstrap(draws: draws, seed: seed),
            output: output.map { URL(fileURLWithPath: $0) })
        try StandardOutput.write(Diagnosis.printable(text))
    }
}
