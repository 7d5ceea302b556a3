import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct BatchScriptTests {
    @Test func optionsStandAtTheHeadAndPathsInTheShellsPart() throws {
        let script = BatchScript(
            name: "embed", purpose: "Embeds a share.", tasks: 8, processors: 2, memory: "1400M", memoryRule: "a rule",
            command: ["/bin/timbre embed-shard a.yaml", "--shard \"$SLURM_ARRAY_TASK_ID/8\""])
        let options = try SlurmOptions(array: 8, partition: "main", time: "2:00:00")
        #expect(
            script.text(pipeline: "demo", folder: "/a lab", shards: "/it's", options: options) == #"""
                #!/bin/bash
                # Embeds a share.
                # Memory: a rule.
                #SBATCH --job-name=timbre-demo-embed
                #SBATCH --array=1-8
                #SBATCH --ntasks=1
                #SBATCH --cpus-per-task=2
                #SBATCH --mem=1400M
                #SBATCH --requeue
                #SBATCH --open-mode=append
                #SBATCH --partition=main
                #SBATCH --time=2:00:00
                set -eu
                cd '/a lab'
                shards='/it'\''s'
                exec /bin/timbre embed-shard a.yaml \
                  --shard "$SLURM_ARRAY_TASK_ID/8"

                """#)
    }
}
