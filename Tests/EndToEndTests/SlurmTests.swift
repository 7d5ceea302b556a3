import Foundation
import GRDB
import Testing

/// Jobs for Slurm, sent to a script that runs each at once in its place; the real engine is `make slurm`'s.
@Suite struct SlurmTests {
    @Test func theJobsGiveWhatOneMachineGives() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--cache", "c1", "--reports", "r1")
            try installSbatch(bench)
            let outcome = try submit(
                bench, ["--array", "3", "--train-array", "2", "--partition", "main", "--time", "1:00"])
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try bench.report() == bench.report("r1/small"))
            let sent = try bench.text("sent.txt").split(separator: "\n").map { $0.split(separator: "/").last ?? "" }
            #expect(sent == ["embed.sbatch", "merge.sbatch", "train.sbatch", "merge-heads.sbatch", "run.sbatch"])
            let log = try bench.text("cache/slurm/small/log/run-5.log")
            #expect(!log.contains("embedded") && !log.contains("trained"), "\(log)")
        }
    }

    @Test func everyScriptIsAShellsAndNamesItsPathsQuoted() throws {
        try Workbench.use { bench in
            try FileManager.default.moveItem(at: bench.url("small.yaml"), to: bench.url("it's $(touch x) small.yaml"))
            let outcome = try bench.timbre(
                "slurm", "it's $(touch x) small.yaml", "--array", "3", "--train-array", "2", "--output",
                "my `jobs`; 50%",
                "--set", "heads.epochs=3", "--cache", "a b")
            #expect(outcome.status == 0, "\(outcome)")
            let folder = bench.url("my `jobs`; 50%")
            let scripts = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "log" }
            #expect(scripts.count == 6)
            for script in scripts {
                let check = try bench.shell("bash -n 'my `jobs`; 50%/\(script)'")
                #expect(check.status == 0 && check.errors.isEmpty, "\(script): \(check)")
            }
            try installSbatch(bench)
            let sent = try bench.shell("PATH=\"$PWD/bin:$PATH\" './my `jobs`; 50%/submit.sh'")
            #expect(sent.status == 0, "\(sent)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("x").path))
            #expect(try bench.report().keys.contains("report.html"))
        }
    }

    @Test func sentAgainFinishedShardsAreLeftOut() throws {
        try Workbench.use { bench in
            try installSbatch(bench)
            for number in [1, 2, 4] {
                let file = "cache/slurm/small/embed-\(number)-of-4.sqlite"
                try bench.timbre("embed-shard", "small.yaml", "--shard", "\(number)/4", "--output", file)
            }
            // As a killed task leaves it.
            let half = try DatabaseQueue(path: bench.url("cache/slurm/small/embed-2-of-4.sqlite").path)
            try half.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM embeddings WHERE id = 1") }
            try half.close()
            let outcome = try submit(bench, ["--array", "4"])
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("sends embed (tasks 2-3), then merge, then run"), "\(outcome.output)")
            let again = try bench.timbre("slurm", "small.yaml", "--array", "4")
            #expect(again.output.contains("submit.sh: sends run"), "\(again.output)")
        }
    }

    @Test func clipsThatCannotBeUsedSendNoFinishedTaskAgain() throws {
        try Workbench.use { bench in
            try bench.write("no sound", to: "corpus/\(Workbench.names[9].path)")
            try installSbatch(bench)
            let arguments = ["--array", "2", "--train-array", "2", "--keep-going"]
            let outcome = try submit(bench, arguments)
            #expect(outcome.status == 0, "\(outcome)")
            let again = try bench.timbre(["slurm", "small.yaml"] + arguments)
            #expect(again.output.contains("submit.sh: sends run"), "\(again)")
            // What the shards do not tell of is tried.
            for number in 1...2 {
                try FileManager.default.removeItem(at: bench.url("cache/slurm/small/embed-\(number)-of-2.sqlite"))
            }
            let anew = try bench.timbre(["slurm", "small.yaml"] + arguments)
            #expect(anew.output.contains("sends embed (tasks 1-2), then merge"), "\(anew)")
        }
    }

    @Test func withoutSbatchTheScriptsAreWrittenAndThatIsSaid() throws {
        try Workbench.use { bench in
            let outcome = try bench.shell("PATH=/nowhere exec \"$0\" slurm small.yaml --array 2 --submit")
            #expect(outcome.status == 66 && outcome.errors.contains("sbatch is not there"), "\(outcome)")
            #expect(try bench.text("cache/slurm/small/submit.sh").hasPrefix("#!/bin/bash\n"))
        }
    }

    @Test func whatWouldStopARunStopsTheWritingOfJobs() throws {
        try Workbench.use { bench in
            let option = try bench.timbre("slurm", "small.yaml", "--array", "2", "--time", "1\n#SBATCH --uid=0")
            #expect(option.status == 64 && option.errors.contains("Slurm cannot take this option"), "\(option)")
            try bench.write("", to: "corpus/Actor_01/stranger.wav")
            let corpus = try bench.timbre("slurm", "small.yaml", "--array", "2")
            #expect(corpus.status == 65 && corpus.errors.contains("stranger.wav"), "\(corpus)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("cache/slurm").path))
        }
    }

    private func submit(_ bench: Workbench, _ arguments: [String]) throws -> Workbench.Outcome {
        try bench.shell(
            "PATH=\"$PWD/bin:$PATH\" exec \"$0\" slurm small.yaml --submit \(arguments.joined(separator: " "))")
    }

    /// A program that runs jobs as Slurm does, without waiting: an array's tasks one by one, the log where it was asked for.
    private func installSbatch(_ bench: Workbench) throws {
        try FileManager.default.createDirectory(at: bench.url("bin"), withIntermediateDirectories: true)
        try bench.write(
            #"""
            #!/bin/bash
            set -eu
            tasks='' log=/dev/null
            for argument; do
              case $argument in
                --array=*) tasks=${argument#*=} ;;
                --output=*) log=${argument#*=} ;;
                --dependency=afterok:*) [ -e "jobs/${argument##*:}" ] ;;
                --parsable | --kill-on-invalid-dep=yes) ;;
                --*) exit 2 ;;
              esac
            done
            mkdir -p jobs
            job=$(($(ls jobs | wc -l) + 1)) script=${!#}
            echo "$script" >>sent.txt
            export SLURM_CPUS_PER_TASK=$(sed -n 's/^#SBATCH --cpus-per-task=//p' "$script")
            for range in ${tasks//,/ }; do
              for task in $(seq ${range%-*} ${range#*-}); do
                SLURM_ARRAY_TASK_ID=$task bash "$script" >>"$PWD/tasks.log" 2>&1
              done
            done
            log=${log//%%/%}
            [ -n "$tasks" ] || bash "$script" >"${log//%j/$job}" 2>&1
            touch "jobs/$job"
            echo "$job;cluster"
            """#, to: "bin/sbatch")
        chmod(bench.url("bin/sbatch").path, 0o755)
    }
}
