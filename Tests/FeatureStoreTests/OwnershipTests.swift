import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct OwnershipTests {
    @Test func aSecondWriterIsRefusedUntilTheFirstLetsGo() throws {
        try withFile { file in
            var first: Ownership? = try Ownership(of: file)
            expectDiagnosis(
                """
                another process writes this file
                  where:    \(file.path)
                  found:    \(ShardOwner().words)
                  expected: one writer
                  try:      wait until it ends; or, if it is no more, rm \(file.path)-owner
                """, exit: .cannotCreate
            ) { try Ownership(of: file) }
            try first?.check()
            first = nil
            #expect(!FileManager.default.fileExists(atPath: file.path + "-owner"))
            _ = try Ownership(of: file)
        }
    }

    @Test func whatAKilledProcessLeftIsTakenOverAtOnce() throws {
        try withFile { file in
            // A process of this number and another beginning: the number was given out again.
            let words = ShardOwner().text.split(separator: " ")
            let dead = "\(words[0]) \(words[1]) \(words[2]) 1 x\n"
            try Data(dead.utf8).write(to: Ownership.place(of: file))
            let start = Date()
            try Ownership(of: file, patience: 60).check()
            #expect(-start.timeIntervalSinceNow < 30)
        }
    }

    @Test func anOwnerElsewhereIsTakenOverOnlyWhenItHasBeenStill() throws {
        try withFile { file in
            let place = Ownership.place(of: file)
            try Data("far other-boot/pid 17 5 x\n".utf8).write(to: place)
            let isEnough = Atomic(false)
            let touching = Thread {
                while !isEnough.load(ordering: .relaxed) {
                    utimensat(AT_FDCWD, place.path, nil, 0)
                    usleep(100_000)
                }
            }
            touching.start()
            #expect(throws: OwnershipError.taken(file: file.path, owner: "process 17 on far")) {
                try Ownership(of: file, patience: 30)
            }
            isEnough.store(true, ordering: .relaxed)
            while !touching.isFinished { usleep(10_000) }
            try Ownership(of: file, patience: 1).check()
        }
    }

    @Test func anOwnerElsewhereThatEndsMakesRoom() throws {
        try withFile { file in
            let place = Ownership.place(of: file)
            try Data("far other-boot/pid 17 5 x\n".utf8).write(to: place)
            let ending = Thread {
                usleep(500_000)
                unlink(place.path)
            }
            ending.start()
            try Ownership(of: file, patience: 30).check()
        }
    }

    @Test func whatCannotBeReadIsNobodyElses() throws {
        try withFile { file in
            let place = Ownership.place(of: file)
            let first = try Ownership(of: file)
            let owner = try #require(ShardOwner(at: place))
            unlink(place.path)
            #expect(OwnerNote(at: place).isLoss(to: owner))
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
            #expect(OwnerNote(at: place) == .unreadable(EISDIR) && !OwnerNote(at: place).isLoss(to: owner))
            expectDiagnosis(
                """
                cannot read the file that keeps other writers out
                  where:    \(place.path)
                  found:    Is a directory
                  expected: the name of this process
                  try:      run again when ls -l \(place.path) works; what was stored before is kept
                """, exit: .inputOutput
            ) { try first.check() }
            rmdir(place.path)
            try Data(owner.text.utf8).write(to: place)
            try first.check()
            try Data("nobody\n".utf8).write(to: place)
            #expect(OwnerNote(at: place) == .illegible && OwnerNote(at: place).isLoss(to: owner))
        }
    }

    @Test func anOwnerThatSleptFindsThatAnotherHasTakenOver() throws {
        try withFile { file in
            let first = try Ownership(of: file)
            try Data("far other-boot/pid 17 5 x\n".utf8).write(to: Ownership.place(of: file))
            expectDiagnosis(
                """
                another process has taken this file over
                  where:    \(file.path)-owner
                  found:    another owner
                  expected: an owner that is awake every 45 seconds
                  try:      leave it to the other; what was stored before is kept
                """, exit: .inputOutput
            ) { try first.check() }
        }
    }

    @Test func aStoreIsNotWrittenByAnOwnerThatLostIt() throws {
        try withFile { file in
            let store = try FeatureStore(at: file, access: .alone)
            try Data("far other-boot/pid 17 5 x\n".utf8).write(to: Ownership.place(of: file))
            #expect(throws: OwnershipError.lost(file: file.path + "-owner")) {
                try store.store(embedding(1), clip: clip(1), recipe: recipe)
            }
        }
    }

    @Test func whatWasWrittenBeforeTheFileWasLostIsNotCommitted() throws {
        try withFile { file in
            let store = try FeatureStore(at: file, access: .alone)
            #expect(throws: OwnershipError.lost(file: file.path + "-owner")) {
                try store.write { database in
                    try database.record(clip(1), stage: "train", facts: "lost")
                    try Data("far other-boot/pid 17 5 x\n".utf8).write(to: Ownership.place(of: file))
                }
            }
            #expect(try store.recorded(clip(1)) == nil)
        }
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try withFile { file in
            let inside = file.appendingPathComponent("shard.sqlite")
            expectDiagnosis(
                """
                cannot make the file that keeps other writers out
                  where:    \(inside.path)-owner
                  found:    No such file or directory
                  expected: a directory that may be written
                  try:      ls -ld \(file.path)
                """, exit: .cannotCreate
            ) { try Ownership(of: inside) }
        }
    }

    private func withFile(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("shard.sqlite")) }
    }
}
