import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre cache`.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "Look into the feature cache, verify it, or drop what no pipeline needs.",
        subcommands: [Stats.self, Verify.self, Prune.self])

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
                """)
        @Flag(help: "Drop what is damaged; save what is sound of a damaged database in a fresh one.")
        var drop = false
        @Option(help: ArgumentHelp("How many embeddings of each recipe to compute again.", valueName: "n"))
        var sample = 8
        @Option(help: ArgumentHelp("Which ones: another seed, another sample.", valueName: "s"))
        var seed: UInt64 = 0
        @OptionGroup var places: Places

        func validate() throws {
            guard sample >= 0 else { throw ValidationError("--sample needs a number from 0 on") }
        }

        func run() throws {
            let verification = try CacheVerification(
                of: URL(fileURLWithPath: places.cache), sample: sample, seed: seed, dropping: drop,
                options: WorkOptions(jobs: Workers.usual))
            try StandardOutput.line(verification.text)
            try verification.throwIfDamaged()
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
            let project = try places.project()
            try StandardOutput.line(
                project.pruneCache(
                    keeping: pipelines.map { URL(fileURLWithPath: $0) }, dryRun: dryRun,
                    options: WorkOptions(jobs: Workers.usual)))
        }
    }
}
