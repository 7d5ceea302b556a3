import Foundation
import Testing

@testable import SpeechEmotion

extension Workbench {
    /// Runs the program and watches its memory.
    ///
    /// - Returns: what the run gave, and the most that was resident at one moment, in bytes.
    func timbreWatchingMemory(_ arguments: String...) throws -> (outcome: Outcome, peak: Int) {
        let process = try start(arguments)
        var peak = 0
        while process.isRunning {
            peak = max(peak, PeakMemory.bytes(ofProcess: "\(process.processIdentifier)") ?? 0)
            usleep(1_000)
        }
        let outcome = try outcome(of: process)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(peak > 0)
        return (outcome, peak)
    }
}
