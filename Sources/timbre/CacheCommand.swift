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

        func run() throws { print(try places.project(readOnly: true).cacheStatistics()) }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the database and every embedding's checksum.",
            discussion: "Exits with 65 when something is damaged. Damaged embeddings are made again by the next run.")
        @Flag(help: "Drop damaged embeddings now.")
        var drop = false
        @OptionGroup var places: Places

        func run() throws {
            // A database with damaged structures often opens for reading only.
            let verification = try places.project(readOnly: !drop).verifyCache(dropping: drop)
            print(verification.text)
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
            print(
                try project.pruneCache(
                    keeping: pipelines.map { URL(fileURLWithPath: $0) }, dryRun: dryRun,
                    options: WorkOptions(jobs: Workers.usual)))
        }
    }
}
