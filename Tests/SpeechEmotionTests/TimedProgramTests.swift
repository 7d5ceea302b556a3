import Diagnosis
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct TimedProgramTests {
    @Test func aProgramIsWatchedToItsEnd() throws {
        try withTemporaryDirectory { folder in
            let run = try TimedProgram(
                URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "sleep 1; pwd"], in: folder)
            #expect(run.seconds >= 1)
            #expect(try #require(run.residentBytes) > 10_000)
            let said = try String(contentsOf: folder.appendingPathComponent("stdout.txt"), encoding: .utf8)
            #expect(said.hasSuffix("\(folder.lastPathComponent)\n"))
        }
    }

    @Test func oneThatFailsIsToldWithWhatItSaid() throws {
        try withTemporaryDirectory { folder in
            expectDiagnosis(
                """
                a program that was to be timed failed
                  where:    sh -c echo no room >&2; exit 74
                  found:    exit code 74
                            no room
                  expected: an end without complaint
                  try:      mend what it complains of
                """, exit: .internalFault
            ) {
                _ = try TimedProgram(
                    URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "echo no room >&2; exit 74"], in: folder)
            }
        }
    }

    @Test func oneThatIsNotThereIsNotStarted() throws {
        try withTemporaryDirectory { folder in
            let absent = folder.appendingPathComponent("absent")
            let error = #expect(throws: Diagnosis.self) { _ = try TimedProgram(absent, arguments: [], in: folder) }
            #expect(error?.what == "cannot start a program" && error?.place == absent.path)
        }
    }
}
