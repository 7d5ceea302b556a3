import Foundation
import Randomness
import SpeechEmotion
import TestSupport
import Testing

@Suite struct KillPromiseTests {
    @Test func aKilledRunLosesNothingAndIsFinishedByTheNext() throws {
        try BrokenRuns.use { runs in
            let count = Trials.count(6, full: 200)
            var (kills, reached, continued) = (0, [BrokenRuns.Stage: Int](), 0)
            for trial in 0..<2 * count {
                // Kills that come late, as they may where the machine is busy, hit a later stage: more are aimed at the one that
                // has too few.
                let lacking = BrokenRuns.Stage.allCases.first { reached[$0] ?? 0 < count / 6 }
                guard let aim = trial < count ? BrokenRuns.Stage.allCases[trial % 3] : lacking else { break }
                var random = SeededGenerator(seed: UInt64(trial), purpose: "kill")
                if trial > 0 && random.below(2) == 0 {
                    try runs.restore("killed")
                    continued += 1
                } else {
                    try runs.restore(before: aim)
                }
                let (process, before) = try runs.strike(aim, &random) {
                    kill($0.processIdentifier, SIGKILL)
                    return {}
                }
                kills += 1
                if let stage = try runs.stageReached() { reached[stage, default: 0] += 1 }
                try runs.copy("killed")
                let kept = try StoreRows(checking: runs.bench.url("killed/features.sqlite"))
                let name = "kill of seed \(trial) in \(aim)"
                #expect(process.terminationReason == .uncaughtSignal, "\(name): status \(process.terminationStatus)")
                #expect(kept.hold(before), "\(name): rows are lost")
                try runs.expectRecovery(keeping: kept, name)
            }
            let stages = BrokenRuns.Stage.allCases.map { "\(reached[$0] ?? 0) in \($0)" }.joined(separator: ", ")
            #expect(BrokenRuns.Stage.allCases.allSatisfy { reached[$0] ?? 0 >= count / 6 }, "\(stages)")
            Trials.tell(
                "SIGKILL",
                "\(kills) kills (\(stages); \(continued) on the state that the one before left), "
                    + "each database sound, no row lost or doubled, each rerun byte-identical")
        }
    }

    @Test func anInterruptedRunSaysHowFarItCameAndIsFinishedByTheNext() throws {
        try BrokenRuns.use { runs in
            let count = Trials.count(3, full: 40)
            var slowest = 0.0
            for trial in 0..<count {
                var random = SeededGenerator(seed: UInt64(trial), purpose: "interruption")
                let aim = BrokenRuns.Stage.allCases[trial % 3]
                let (number, status) = trial % 2 == 0 ? (SIGINT, Int32(130)) : (SIGTERM, Int32(143))
                try runs.restore(before: aim)
                var start = Date()
                let (process, before) = try runs.strike(aim, &random) {
                    start = Date()
                    kill($0.processIdentifier, number)
                    return {}
                }
                slowest = max(slowest, -start.timeIntervalSinceNow)
                let name = "interruption of seed \(trial) in \(aim)"
                let errors = try runs.bench.text("stderr.txt")
                #expect(process.terminationReason == .exit && process.terminationStatus == status, "\(name): \(errors)")
                #expect(errors.split(separator: "\n").last?.hasPrefix("interrupted") == true, "\(name): \(errors)")
                #expect(runs.drafts().isEmpty, "\(name)")
                try runs.copy("killed")
                let kept = try StoreRows(checking: runs.bench.url("killed/features.sqlite"))
                #expect(kept.hold(before), "\(name): rows are lost")
                try runs.expectRecovery(keeping: kept, name)
            }
            #expect(slowest < (Trials.isFull ? 1 : 10))
            Trials.tell(
                "SIGINT, SIGTERM",
                "\(count) in every stage of `run`: exit 130 or 143 with a summary, "
                    + "at most \(Int((slowest * 1000).rounded(.up))) ms later, each rerun byte-identical")
        }
    }

    @Test(.enabled(if: SynthesisCrowdPromiseTests.speaks, "needs espeak-ng"))
    func whatAKilledSynthesisLeftIsRemovedByTheNextAndAnInterruptedOneLeavesNothing() throws {
        try Workbench.use { bench in
            try bench.write(
                "name: demo\nstages:\n  inputs: {kind: synthesize, corpus: spoken, encoder: made}\n", to: "demo.yaml")
            let killed = try speak(bench)
            kill(killed.processIdentifier, SIGKILL)
            killed.waitUntilExit()
            let left = try drafts(in: bench)
            #expect(left.count == 1)
            let next = try speak(bench)
            #expect(try drafts(in: bench).isDisjoint(with: left))
            kill(next.processIdentifier, SIGINT)
            let outcome = try bench.outcome(of: next)
            #expect(outcome.status == 130)
            #expect(
                outcome.errors.contains("clips spoken; the next `timbre run` begins them anew"), "\(outcome.errors)")
            #expect(try drafts(in: bench).isEmpty)
        }
    }

    @Test func aSignalThatWasIgnoredStaysIgnored() throws {
        try Workbench.use { bench in
            let process = try bench.start(
                ["-c", "trap '' HUP INT; exec \"$0\" run small.yaml", Workbench.program.path],
                program: URL(fileURLWithPath: "/bin/sh"))
            while try !bench.text("stderr.txt").contains("\nembeddings: "), !process.hasEnded { usleep(500) }
            for number in [SIGHUP, SIGINT] { kill(process.processIdentifier, number) }
            let outcome = try bench.outcome(of: process)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test func aReaderThatHasGoneAwayEndsTheProgramQuietly() throws {
        try Workbench.use { bench in
            for command in ["--help", "status small.yaml", "run small.yaml"] {
                let outcome = try bench.shell(
                    "exec 3>&1; { \"$0\" \(command) >&4 2>err.txt 4>&-; echo $? >&3; } 4>&1 | exec sleep 0")
                // Whether the reader is gone before the program writes is for the system to say.
                #expect(["0\n", "141\n"].contains(outcome.output), "\(command): \(outcome)")
                #expect(try !bench.text("err.txt").contains("timbre:"))
            }
        }
    }

    private func speak(_ bench: Workbench) throws -> Process {
        let process = try bench.start(["run", "demo.yaml", "--jobs", "1"])
        while !process.hasEnded {
            let paths = FileManager.default.enumerator(atPath: bench.directory.path)?.compactMap { $0 as? String } ?? []
            let own = "-\(process.processIdentifier)-"
            if paths.contains(where: { $0.contains(own) && $0.hasSuffix(".wav") }) { break }
            usleep(5_000)
        }
        return process
    }

    private func drafts(in bench: Workbench) throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: bench.directory.path).filter {
                $0.hasSuffix(".partial")
            })
    }
}
