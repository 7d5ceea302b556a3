import Foundation
import TestSupport
import Testing

/// Promise: several processes may share a cache; all succeed and nothing is computed twice.
@Suite(.serialized) struct CrowdPromiseTests {
    @Test func everyClipAndHeadIsComputedByOneOfACrowd() throws {
        let crowds = (1...UInt64(Trials.count(2, full: 25))).map { seed in
            Crowd(seed: seed, size: [1: 4, 2: 8][seed])
        }
        for crowd in crowds {
            try Workbench.useForCrowd { bench in
                let (members, onlookers) = try bench.run(crowd)
                expectSuccess(of: members + onlookers, crowd)
                let counts = CrowdCounts(members.map(\.errors))
                #expect(counts.clips == crowd.clips && counts.heads == crowd.heads, "crowd \(crowd.seed): \(counts)")
                try expectSound(bench, crowd)
            }
        }
        Trials.tell(
            "crowd",
            "\(crowds.count) crowds of 2 to 8 processes, \(sum(crowds, \.members.count)) in all, computed "
                + "\(sum(crowds, \.clips)) clips and \(sum(crowds, \.heads)) heads: none twice, none failed")
    }

    @Test func whatAKilledProcessLeavesIsDoneByTheOthers() throws {
        let crowds = (1...UInt64(Trials.count(1, full: 25))).map { seed in
            Crowd(seed: 1000 + seed, size: seed == 1 ? 3 : nil)
        }
        var reached: [BrokenRuns.Stage: Int] = [:]
        for crowd in crowds {
            let stage = try stageOfKill(in: crowd)
            reached[stage, default: 0] += 1
        }
        let stages = BrokenRuns.Stage.allCases.map { "\(reached[$0] ?? 0) in \($0)" }.joined(separator: ", ")
        Trials.tell(
            "crowd with a kill",
            "\(crowds.count) crowds, of each a process was killed while it ran (\(stages)): the others ended "
                + "with all results, nothing stored was computed again")
    }

    /// Kills the first member of a crowd and checks what the others make of it; again, at another moment in a fresh workbench,
    /// where it had ended before.
    ///
    /// - Returns: the stage in which it was killed.
    private func stageOfKill(in crowd: Crowd) throws -> BrokenRuns.Stage {
        var moment = CrowdKill(seed: crowd.seed, attempt: 0)
        for attempt in 1...20 {
            if let stage = try stageOfKill(at: moment, in: crowd) { return stage }
            moment = CrowdKill(seed: crowd.seed, attempt: attempt)
        }
        throw BrokenRuns.TooFast(stage: moment.stage)
    }

    /// Nil where the member had ended before that moment.
    private func stageOfKill(at moment: CrowdKill, in crowd: Crowd) throws -> BrokenRuns.Stage? {
        try Workbench.useForCrowd { bench -> BrokenRuns.Stage? in
            let (members, onlookers) = try bench.run(crowd, killing: moment)
            guard members[0].status == SIGKILL else { return nil }
            expectSuccess(of: members.dropFirst() + onlookers, crowd)
            let again = try bench.timbre(crowd.members[0].arguments)
            expectSuccess(of: [again], crowd)
            let counts = CrowdCounts((members + [again]).map(\.errors))
            #expect(counts.clips <= crowd.clips && counts.heads <= crowd.heads, "crowd \(crowd.seed): \(counts)")
            try expectSound(bench, crowd)
            return BrokenRuns.Stage.allCases.last { $0.hasBegun(in: members[0].errors) }
        }
    }

    private func sum(_ crowds: [Crowd], _ count: (Crowd) -> Int) -> Int { crowds.reduce(0) { $0 + count($1) } }

    private func expectSuccess(of outcomes: [Workbench.Outcome], _ crowd: Crowd) {
        for outcome in outcomes {
            #expect(outcome.status == 0, "crowd \(crowd.seed): \(outcome.output) \(outcome.errors)")
            #expect(!outcome.errors.contains("locked"), "crowd \(crowd.seed): \(outcome.errors)")
        }
    }

    /// One row for each key, sound all through, a head's file for each head, and reports as single runs write them.
    private func expectSound(_ bench: Workbench, _ crowd: Crowd) throws {
        let verified = try bench.timbre("cache", "verify")
        #expect(
            verified.output.contains(
                "\(crowd.clips) embeddings and \(crowd.heads) trained heads checked, sound"),
            "crowd \(crowd.seed): \(verified.output) \(verified.errors)")
        for pipeline in crowd.pipelines {
            let heads = try bench.names(in: "cache/heads/\(pipeline)")
            #expect(heads.count == pipeline.heads.count, "crowd \(crowd.seed), \(pipeline): \(heads)")
            let written = try bench.report("reports/\(pipeline)")
            let asked = Set(crowd.members.filter { $0.pipeline == pipeline }.map(\.isGrey))
            let undisturbed = try asked.map { try bench.undisturbedReport(of: pipeline, isGrey: $0) }
            #expect(undisturbed.contains(written), "crowd \(crowd.seed): another report of \(pipeline)")
        }
    }
}
