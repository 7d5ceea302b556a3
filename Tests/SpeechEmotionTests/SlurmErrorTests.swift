import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SlurmErrorTests {
    @Test func withoutSbatchNothingWasSent() {
        expectDiagnosis(
            """
            sbatch is not there, so nothing was sent
              where:    PATH
              found:    no program of that name
              expected: Slurm's programs, as on a cluster's login node
              try:      log in there, or load its module, and run cache/slurm/demo/submit.sh
            """, exit: .missingInput
        ) { throw SlurmError.noSbatch(script: "cache/slurm/demo/submit.sh") }
    }

    @Test func aRefusedJobIsTold() {
        expectDiagnosis(
            """
            Slurm did not take all jobs
              where:    s.sh
              found:    exit 1; what it said is above
              expected: a job's number for each
              try:      squeue --me, to see which it took; sinfo, to see what there is
            """, exit: .inputOutput
        ) { throw SlurmError.refused(script: "s.sh", status: 1) }
    }

    @Test func aLineBreakInAPathIsRefused() {
        expectDiagnosis(
            """
            a path cannot stand in a script
              where:    a
                        b
              found:    a line break in it
              expected: a path of one line
              try:      rename the folder
            """, exit: .usage
        ) { throw SlurmError.path("a\nb") }
    }
}
