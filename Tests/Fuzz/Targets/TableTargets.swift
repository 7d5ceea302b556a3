import Evaluation
import Foundation
import SpeechEmotion

extension FuzzTargets {
    /// The tables that `timbre compare` reads, `cells.csv` and `predictions.csv` with a form feed between them: the first
    /// cell is compared with that whose name begins with "b".
    static let tables = [
        FuzzTarget("report", fixedBytes: 8 << 20, multiple: 256) { bytes in
            let parts = bytes.parts(2)
            _ = try Scratch.file("report/cells.csv", parts[0])
            _ = try Scratch.file("report/predictions.csv", parts[1])
            let folder = Scratch.folder.appendingPathComponent("report").path
            _ = try compareReports(
                ReportReference(path: folder, cell: nil), ReportReference(path: folder, cell: "b"),
                reports: Scratch.folder, bootstrap: SpeakerBootstrap(draws: 20, seed: 0), output: nil)
        }
    ]
}
