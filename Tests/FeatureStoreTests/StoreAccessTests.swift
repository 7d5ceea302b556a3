import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct StoreAccessTests {
    @Test func aStoreOfOneProcessLeavesNothingBesideItAndIsReadWithoutWritingAnything() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("a shard, 50% of it?.sqlite")
            var store: FeatureStore? = try FeatureStore(at: file, access: .alone)
            try store?.store(embedding(1), clip: clip(1), recipe: recipe)
            let claim = store?.claim(clip(1))
            #expect(claim != nil)
            #expect(
                !names(in: directory).contains {
                    $0.hasSuffix("-wal") || $0.hasSuffix("-shm") || $0.hasSuffix("-claims")
                })
            store = nil
            #expect(names(in: directory) == [file.lastPathComponent])
            let content = try Data(contentsOf: file)
            chmod(directory.path, 0o500)
            defer { chmod(directory.path, 0o700) }
            let reader = try FeatureStore(at: file, access: .still)
            #expect(try reader.embeddings(of: [clip(1)], recipe: recipe) == [clip(1): embedding(1)])
            #expect(try Data(contentsOf: file) == content && names(in: directory) == [file.lastPathComponent])
        }
    }

    @Test func aSharedCacheIsReadWithoutLocksAndRefusedAsAShard() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try FeatureStore(at: file).store(embedding(1), clip: clip(1), recipe: recipe)
            let reader = try FeatureStore(at: file, access: .still)
            #expect(try reader.missing([clip(1), clip(2)], recipe: recipe) == [clip(2)])
            expectDiagnosis(
                """
                a cache that processes share cannot be written as a shard
                  where:    \(file.path)
                  found:    a database with a write-ahead log
                  expected: a file that `timbre embed-shard` made, or none
                  try:      name another --output
                """, exit: .cannotCreate
            ) { try FeatureStore(at: file, access: .alone) }
        }
    }

    @Test func aTransactionThatWasCutOffIsNamedAndTakenBackByTheNextWriter() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("shard.sqlite")
            try FeatureStore(at: file, access: .alone).store(embedding(1), clip: clip(1), recipe: recipe)
            try cutOff(file)
            expectDiagnosis(
                """
                a process was killed while it wrote the file
                  where:    \(file.path)
                  found:    a transaction that was cut off
                  expected: a file whose writer ended
                  try:      run the command that wrote it again, which takes it back
                """, exit: .badData
            ) { try FeatureStore(at: file, access: .still) }
            let store = try FeatureStore(at: file, access: .alone)
            #expect(try store.missing([clip(1), clip(2)], recipe: recipe) == [clip(2)])
            #expect(try store.verify().isSound)
        }
    }

    /// Leaves file and journal as a kill in the middle of a transaction does.
    private func cutOff(_ file: URL) throws {
        let (copy, queue) = (URL(fileURLWithPath: file.path + ".copy"), try DatabaseQueue(path: file.path))
        try queue.writeWithoutTransaction { database in
            // So small a cache that pages go to the file before the transaction ends.
            try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
            for number in 0..<50 {
                try database.execute(
                    sql: "INSERT INTO ledger VALUES (?, 'x', ?, x'')",
                    arguments: [clip(number), String(repeating: "x", count: 4_000)])
            }
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: file.path + suffix, toPath: copy.path + suffix)
            }
            try database.execute(sql: "ROLLBACK")
        }
        try queue.close()
        for suffix in ["", "-journal"] { rename(copy.path + suffix, file.path + suffix) }
    }

    private func names(in directory: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted()
    }
}
