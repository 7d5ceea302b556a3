import ArgumentParser
import Foundation
import Kernels
import SpeechEmotion

/// The command `timbre cache`.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Look into the feature cache, verify it, merge shards into it, or drop what no pipeline needs.",
        subcommands: [Stats.self, Verify.self, Prune.self, Merge.self])

    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Count what the cache holds.")
        @OptionGroup var places: Places

        func run() throws { try StandardOutput.line(places.project(readOnly: true).cacheStatistics()) }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the database, every checksum, and a sample of embeddings against their encoder.",
            discussion: """
                The encoder and the audio are looked for where they were when they were last read. Stored and computed \
                embeddings must be the same where they were made on the same instruction set; elsewhere they may differ by a \
                ten-thousandth of the largest value. Exits with 65 when something is damaged; what is dropped is made again by \
                the next run.

                With --against, says instead what the precision of a pipeline's embed stage costs: embeds a sample of its \
                clips, spread evenly over speakers, at that precision and at the one given, and prints the largest difference \
                of a value, the smallest cosine of a hidden state, and by how much the heads' UA changes on those of the \
                clips that they test, with its interval over speakers. The pipeline must have run; its heads are trained again \
                from the cache to be asked. Nothing of it is kept.
                """)
        @Argument(
            help: ArgumentHelp("With --against: the stage file.", valueName: "pipeline.yaml"),
            completion: .file(extensions: ["yaml"]))
        var pipeline: String?
        @Flag(help: "Drop what is damaged; save what is sound of a damaged database in a fresh one.")
        var drop = false
        @Option(
            help: ArgumentHelp(
                "How many embeddings of each recipe to compute again, 8 unless said; with --against, how many clips to embed, 100 unless said.",
                valueName: "n"))
        var sample: Int?
        @Option(help: ArgumentHelp("Which ones: another seed, another sample.", valueName: "s"))
        var seed: UInt64 = 0
        @Option(help: "Compare the pipeline's precision with this one: float32 or bfloat16.")
        var against: Precision?
        @Option(
            help: ArgumentHelp(
                "With --against: whose heads to ask, by id; the first cell of the grid unless said.", valueName: "id"))
        var cell: String?
        @Option(
            name: .customLong("set"), parsing: .singleValue,
            help: ArgumentHelp("With --against: change a parameter; may be repeated.", valueName: "path=value"))
        var overrides: [String] = []
        @OptionGroup var places: Places

        func validate() throws {
            guard against == nil else { return try validateComparison() }
            guard sample ?? 0 >= 0 else { throw ValidationError("--sample needs a number from 0 on") }
            guard pipeline == nil else { throw ValidationError("a stage file goes with --against") }
            guard cell == nil, overrides.isEmpty else { throw ValidationError("--cell and --set go with --against") }
        }

        private func validateComparison() throws {
            guard sample ?? 1 > 0 else { throw ValidationError("--sample needs a number from 1 on") }
            guard pipeline != nil else { throw ValidationError("--against needs the stage file of a pipeline") }
            guard !drop else { throw ValidationError("--drop does not go with --against, which checks no checksums") }
        }

        func run() throws {
            if let against, let pipeline {
                try StandardOutput.line(compare(URL(fileURLWithPath: pipeline), with: against))
            } else {
                try verify()
            }
        }

        private func verify() throws {
            let verification = try CacheVerification(
                of: URL(fileURLWithPath: places.cache), sample: sample ?? 8, seed: seed, dropping: drop,
                options: WorkOptions(jobs: Workers.usual))
            try StandardOutput.line(verification.text)
            try verification.throwIfDamaged()
        }

        private func compare(_ file: URL, with precision: Precision) throws -> String {
            let experiment = try Experiment(
                file: file, overrides: overrides, project: places.project(), options: WorkOptions(jobs: Workers.usual))
            return try experiment.comparePrecision(with: precision, sample: sample ?? 100, seed: seed, cell: cell)
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop embeddings and trained results that none of the named pipelines needs.")
        @Flag(help: "Say what would be dropped and stop.")
        var dryRun = false
        @OptionGroup var places: Places
        @Argument(help: ArgumentHelp("The stage files to keep the cache of.", valueName: "pipeline.yaml"))
        var pipelines: [String]

        func run() throws {
            // It waits for those that use the cache, and so must not be one of them.
            let project = try places.project(claimsUse: false)
            try StandardOutput.line(
                project.pruneCache(
                    keeping: pipelines.map { URL(fileURLWithPath: $0) }, dryRun: dryRun,
                    options: WorkOptions(jobs: Workers.usual)))
        }
    }
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring shards, or other caches, into the cache.",
            discussion: """
                The files are only read. Every row's checksum is verified; rows that are there already stay as they are. Shards \
                may be merged in any order and more than once, and after a kill the same command does the rest. Exits with 65, \
                when all else is merged, where rows are damaged, say something else than those that are there, or a shard is \
                half written; with 66 where files or shards of a set are but missing.
                """)
        @OptionGroup var places: Places
        @Argument(help: ArgumentHelp("What to merge.", valueName: "file"), completion: .file(extensions: ["sqlite"]))
        var files: [String]

        func run() throws {
            let files = files.map { URL(fileURLWithPath: $0) }
            try StandardOutput.line(CacheMerge.run(files, into: places.project(), console: .standardError))
        }
    }
}
