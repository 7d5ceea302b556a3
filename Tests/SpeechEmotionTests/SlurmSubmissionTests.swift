import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SlurmSubmissionTests {
    @Test func tasksAreListedAsSlurmReadsThem() {
        #expect(SlurmJob.list([]) == "")
        #expect(SlurmJob.list([4]) == "4")
        #expect(SlurmJob.list([1, 2, 3, 5, 7, 8]) == "1-3,5,7-8")
    }

    @Test func eachJobWaitsForTheOneBeforeIt() {
        let jobs = [SlurmJob("embed", tasks: [2, 3]), SlurmJob("merge"), SlurmJob("run")]
        #expect(
            SlurmSubmission(jobs: jobs, output: URL(fileURLWithPath: "/a lab/50%")).text == #"""
                #!/bin/bash
                # Sends the jobs; each waits until the one before it has ended well. Finished shards are left out.
                set -eu
                scripts='/a lab/50%'
                logs='/a lab/50%%/log'

                embed=$(sbatch --parsable --array=2-3 --output="$logs/embed-%A_%a.log" "$scripts/embed.sbatch")
                echo "embed: job ${embed%%;*}, tasks 2-3"
                merge=$(sbatch --parsable --dependency="afterok:${embed%%;*}" --kill-on-invalid-dep=yes --output="$logs/merge-%j.log" "$scripts/merge.sbatch")
                echo "merge: job ${merge%%;*}"
                run=$(sbatch --parsable --dependency="afterok:${merge%%;*}" --kill-on-invalid-dep=yes --output="$logs/run-%j.log" "$scripts/run.sbatch")
                echo "run: job ${run%%;*}"

                """#)
    }

    @Test func aMarkThatJoinsItselfToAPerCentSignDoesNotHideItFromSlurm() {
        let text = SlurmSubmission(jobs: [], output: URL(fileURLWithPath: "/50%\u{301}")).text
        #expect(text.contains("logs='/50%%\u{301}/log'"), "\(text)")
    }

    @Test func anArrayWithoutTasksIsNotSentAndNothingWaitsForIt() {
        let jobs = [SlurmJob("embed", tasks: []), SlurmJob("merge"), SlurmJob("merge-heads")]
        let lines = SlurmSubmission(jobs: jobs, output: URL(fileURLWithPath: "/a")).text.split(separator: "\n")
        #expect(!lines.contains { $0.contains("embed.sbatch") })
        #expect(lines.contains { $0.hasPrefix("merge=$(sbatch --parsable --output=") })
        #expect(
            lines.contains { $0.hasPrefix("merge_heads=$(sbatch --parsable --dependency=\"afterok:${merge%%;*}\"") })
    }
}
