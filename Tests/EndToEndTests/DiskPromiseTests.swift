import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct DiskPromiseTests {
    /// A private mount namespace with a file system of its own.
    private static let unshare: String? = ["unshare -m", "unshare -rm"].first { command in
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "\(command) mount -t tmpfs tmpfs /tmp"]
        (shell.standardOutput, shell.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? shell.run()) != nil else { return false }
        shell.waitUntilExit()
        return shell.terminationStatus == 0
    }
    static let canMount = unshare != nil
    static let noMount = "needs the right to mount a small file system in a namespace of its own"
    static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
    static let noFullDevice = "needs Linux's device that is always full"

    @Test(.enabled(if: canMount, "\(noMount)")) func aFullDiskLosesNothingAndIsFinishedWhenThereIsRoom() throws {
        try BrokenRuns.use { runs in
            let count = Trials.count(3, full: 40)
            var places: [String: Int] = [:]
            for trial in 0..<count {
                var random = SeededGenerator(seed: UInt64(trial), purpose: "full disk")
                let stage = BrokenRuns.Stage.allCases[trial % 3]
                // What a stage begins with needs room too; before the report the cache hardly grows.
                let place = stage == .report ? "reports" : "cache"
                let (least, most) = try (stage == .report ? 0 : size(of: "before-\(stage)", runs), 1600)
                var room = least + random.below(most - least)
                while true {
                    let name = "full disk of seed \(trial), \(room) KiB for \(place) before \(stage)"
                    let status = try fill(place, room: room, stage, runs)
                    // It was not full: with half of what it had left it may be.
                    if status == 0 && room > least + 8 {
                        room = least + (room - least) / 2
                        continue
                    }
                    let errors = try runs.bench.text("errors.txt")
                    #expect([73, 74].contains(status), "\(name): status \(status), \(errors)")
                    #expect(errors.contains("timbre: ") && errors.contains("  try: "), "\(name): \(errors)")
                    try finish(place, stage, runs, name)
                    break
                }
                places[place, default: 0] += 1
            }
            let told = places.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
            Trials.tell(
                "full disk",
                "\(count) small disks (\(told)), exit 73 or 74, earlier rows intact, byte-identical once there is room")
        }
    }

    /// Runs with one folder on a disk of so many KiB and leaves there what then stood on it.
    private func fill(_ place: String, room: Int, _ stage: BrokenRuns.Stage, _ runs: BrokenRuns) throws -> Int32 {
        try runs.restore(before: stage)
        let script = """
            mkdir -p \(place) && cp -a \(place) aside && mount -t tmpfs -o size=\(room)k tmpfs \(place) || exit 99
            cp -a aside/. \(place)/ || exit 98
            "$0" run small.yaml --jobs 2 2>errors.txt; status=$?
            rm -rf full && cp -a \(place) full; rm -rf aside; exit $status
            """
        try runs.bench.write(script, to: "fill.sh")
        return try privately("fill.sh", runs.bench).status
    }

    /// Runs a script in a mount namespace of its own.
    private func privately(_ script: String, _ bench: Workbench) throws -> Workbench.Outcome {
        try bench.shell("\(Self.unshare ?? "") sh -c \"$(cat \(script))\" \"$0\"")
    }

    /// Puts what stood on the full disk where there is room, looks at it and runs again.
    private func finish(_ place: String, _ stage: BrokenRuns.Stage, _ runs: BrokenRuns, _ name: String) throws {
        let files = FileManager.default
        try? files.removeItem(at: runs.bench.url(place))
        try files.moveItem(at: runs.bench.url("full"), to: runs.bench.url(place))
        let kept = try look(runs)
        #expect(kept.hold(try rows(before: stage, runs)), "\(name): earlier rows are lost")
        #expect(runs.drafts().isEmpty, "\(name): \(runs.drafts())")
        try runs.expectRecovery(keeping: kept, name)
    }

    private func look(_ runs: BrokenRuns) throws -> StoreRows {
        try runs.copy("killed")
        return try StoreRows(checking: runs.bench.url("killed/features.sqlite"))
    }

    private func rows(before stage: BrokenRuns.Stage, _ runs: BrokenRuns) throws -> StoreRows {
        try StoreRows(checking: runs.bench.url("before-\(stage)/features.sqlite"))
    }

    private func size(of folder: String, _ runs: BrokenRuns) throws -> Int {
        let outcome = try runs.bench.shell("du -sk \(folder) | cut -f1")
        return (Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) + 8
    }

    @Test(.enabled(if: Sanitizer.allowsFileLimits, "\(Sanitizer.fileLimitsSkipped)"))
    func aLimitOnTheSizeOfFilesIsAnErrorLikeAFullDisk() throws {
        try BrokenRuns.use { runs in
            let count = Trials.count(3, full: 40)
            var failed = 0
            for trial in 0..<count {
                var random = SeededGenerator(seed: UInt64(trial), purpose: "file size")
                let stage = BrokenRuns.Stage.allCases[trial % 3]
                let blocks = 1 + random.below(400)
                try runs.restore(before: stage)
                let outcome = try runs.bench.shell("ulimit -f \(blocks); exec \"$0\" run small.yaml --jobs 2")
                let name = "limit of seed \(trial), \(blocks) blocks before \(stage)"
                #expect([0, 73, 74].contains(outcome.status), "\(name): \(outcome)")
                if outcome.status != 0 { failed += 1 }
                #expect(runs.drafts().isEmpty, "\(name)")
                let kept = try look(runs)
                #expect(kept.hold(try rows(before: stage, runs)), "\(name): lost rows")
                if outcome.status != 0 { try runs.expectRecovery(keeping: kept, name) }
            }
            #expect(failed > 0)
            Trials.tell(
                "file size limit",
                "\(count) limits, \(failed) of them too small: exit 73 or 74, none a crash, byte-identical afterwards")
        }
    }

    @Test(.enabled(if: canMount, "\(noMount)")) func outputsThatDoNotFitAreRemovedAndNamed() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let commands = [
                "embed --encoder encoder -o out/x.npz corpus", "export small.yaml -o out",
                "compare reports/small reports/small --second-cell \(try bench.secondCell()) -o out",
            ]
            let rooms = [8, 16]
            for command in commands {
                for room in rooms {
                    try bench.write(
                        """
                        rm -rf out; mkdir out; mount -t tmpfs -o size=\(room)k tmpfs out || exit 99
                        "$0" \(command); status=$?
                        ls -A out | grep partial; exit $status
                        """, to: "full.sh")
                    let outcome = try privately("full.sh", bench)
                    #expect([73, 74].contains(outcome.status), "\(command): \(outcome)")
                    #expect(outcome.errors.contains("no space left on device"), "\(command): \(outcome.errors)")
                    #expect(!outcome.output.contains("partial"), "\(command): \(outcome.output)")
                }
            }
            Trials.tell(
                "output that does not fit",
                "\(commands.count * rooms.count) small disks under it, exit 73 or 74, nothing half written left")
        }
    }

    @Test(.enabled(if: canMount, "\(noMount)")) func aCacheThatMayOnlyBeReadStaysAsItIs() throws {
        try BrokenRuns.use { runs in
            let stages = BrokenRuns.Stage.allCases.dropFirst()
            for stage in stages {
                try runs.restore(before: stage)
                try runs.bench.write(
                    "mount --bind cache cache && mount -o remount,bind,ro cache || exit 99; \"$0\" run small.yaml",
                    to: "read.sh")
                let outcome = try privately("read.sh", runs.bench)
                #expect(outcome.status == 73, "\(outcome)")
                #expect(outcome.errors.contains("cannot open or write the feature store"), "\(outcome.errors)")
                let (kept, name) = (try look(runs), "read-only cache before \(stage)")
                #expect(try kept == rows(before: stage, runs), "\(name): other rows")
                try runs.expectRecovery(keeping: kept, name)
            }
            Trials.tell(
                "read-only cache",
                "\(stages.count) stages, exit 73, no row changed, byte-identical once it may be written")
        }
    }

    @Test(.enabled(if: hasFullDevice, "\(noFullDevice)")) func standardOutputThatTakesNothingIsAnError() throws {
        try Workbench.use { bench in
            let commands = Self.printing(head: try bench.trainedHead(), cell: try bench.secondCell())
            try placeAnEncoder(bench)
            for command in commands {
                let outcome = try bench.shell("exec \"$0\" \(command) >/dev/full")
                #expect(outcome.status == 74, "\(command): \(outcome)")
                #expect(outcome.errors.contains("cannot write the result to standard output"), "\(outcome.errors)")
            }
            let untried = try bench.commandNames().subtracting(commands.map(Workbench.commandName(of:)))
            #expect(untried.isEmpty)
            Trials.tell(
                "standard output on a full disk",
                "\(commands.count) command lines, none of the program's commands left out, each exit 74")
        }
    }

    /// Every command, in the ways in which it prints.
    ///
    /// What is to be written is written although it cannot be told: shards are merged further on.
    private static func printing(head: String, cell: String) -> [String] {
        let (predict, compare) = ("predict --head \(head)", "compare reports/small reports/small --second-cell \(cell)")
        return [
            "--help", "--version", "run small.yaml", "run small.yaml --dry-run", "status small.yaml",
            "check small.yaml", "embed --encoder encoder -o x.npz corpus", "\(predict) corpus",
            "\(predict) --format json corpus", "\(predict) --format csv corpus",
            "\(predict) --format csv --watch corpus", compare, "\(compare) -o compared", "export small.yaml -o out",
            "embed-shard small.yaml --shard 1/1 -o clips.sqlite", "train-shard small.yaml --shard 1/1 -o heads.sqlite",
            "cache merge clips.sqlite heads.sqlite", "cache stats", "cache verify", "cache prune --dry-run small.yaml",
            "cache prune small.yaml", "slurm small.yaml --array 2", "bench --part machine",
            "bench --part encoder --encoder encoder --audio corpus --clips 1 --runs 1",
            "bench --growth --part count --counts 1 -o grown", "fetch hubert-base", "fetch hubert-base --check",
        ]
    }

    /// Puts files where `timbre fetch` would, which it leaves as they are; nobody but the hub knows what they have to be.
    private func placeAnEncoder(_ bench: Workbench) throws {
        let place = "cache/encoders/hubert-base"
        try FileManager.default.createDirectory(at: bench.url(place), withIntermediateDirectories: true)
        for name in ["config.json", "preprocessor_config.json", "pytorch_model.bin"] {
            try bench.write("{}", to: "\(place)/\(name)")
        }
    }
}
