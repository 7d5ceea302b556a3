import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct ShardErrorTests {
    @Test func anotherShareIsRefused() {
        expectDiagnosis(
            """
            the file holds another share of the work
              where:    s.sqlite
              found:    shard 1/8 of demo
              expected: shard 2/8 of demo
              try:      name another --output, or remove the file
            """, exit: .usage
        ) {
            throw ShardError.otherShare(file: "s.sqlite", found: "shard 1/8 of demo", expected: "shard 2/8 of demo")
        }
    }

    @Test func aDamagedShardIsToBeMadeAgain() {
        expectDiagnosis(
            """
            the shard is damaged
              where:    my s.sqlite
              found:    page 3
              expected: a database that SQLite finds sound
              try:      rm 'my s.sqlite', and make it again
            """, exit: .badData
        ) { throw ShardError.damaged(file: "my s.sqlite", reason: "page 3") }
    }

    @Test func headsNeedEmbeddings() {
        expectDiagnosis(
            """
            stage "embeddings" has not embedded 1 clip
              where:    cache
              found:    1 clip without a row
              expected: a cache into which the shards have been merged
              try:      timbre cache merge --cache cache FILE…, or, to leave out clips that cannot be used, --keep-going
            """, exit: .missingInput
        ) { throw ShardError.notEmbedded(stage: "embeddings", cache: "cache", clips: 1) }
    }

    @Test func aCacheThatAnotherProcessMayWriteIsToBeTriedAgain() {
        expectDiagnosis(
            """
            the cache cannot be read while heads are trained from it
              where:    cache
              found:    page 3
              expected: a cache that no other process writes meanwhile
              try:      try again when no other pipeline uses it; if that does not help, timbre cache verify --cache cache
            """, exit: .inputOutput
        ) { throw ShardError.cacheInUse(cache: "cache", reason: "page 3") }
    }

    @Test func whatCouldNotBeMergedIsListedAndCut() {
        expectDiagnosis(
            """
            not everything could be merged
              where:    cache
              found:    shard 2/2 of demo is missing
              expected: every shard of a set, complete, and one value for each key
              try:      timbre embed-shard
            """, exit: .missingInput
        ) {
            throw ShardError.unmerged(
                cache: "cache", problems: ["shard 2/2 of demo is missing"], remedies: ["timbre embed-shard"],
                isMissing: true)
        }
        let error = ShardError.unmerged(
            cache: "c", problems: (0..<50).map { "row \($0)" }, remedies: [], isMissing: false)
        #expect(error.diagnosis.found?.hasSuffix("row 39\nand 10 more") == true && error.diagnosis.exit == .badData)
        #expect(error.diagnosis.remedy == "make what is damaged again, or leave its file out of the merge")
    }

    @Test func aCacheIsNotMergedIntoItself() {
        expectDiagnosis(
            """
            a cache cannot be merged into itself
              where:    cache/features.sqlite
              found:    the cache among the files
              expected: files of shards
              try:      leave it out
            """, exit: .usage
        ) { throw ShardError.ownCache(file: "cache/features.sqlite") }
    }
}
