import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct FolderLockTests {
    @Test func aFolderIsOneWritersOrManyReaders() throws {
        try withTemporaryDirectory { folder in
            var writer = FolderLock(folder)
            #expect(writer != nil)
            #expect(FolderLock(folder) == nil && FolderLock(folder, isShared: true) == nil)
            writer = nil
            let readers = (0..<2).map { _ in FolderLock(folder, isShared: true) }
            #expect(readers.allSatisfy { $0 != nil })
            #expect(FolderLock(folder) == nil)
            withExtendedLifetime((writer, readers)) {}
        }
    }

    @Test func aFolderThatIsNotThereIsKeptByNobody() throws {
        try withTemporaryDirectory { folder in
            let absent = folder.appendingPathComponent("absent")
            let (first, second) = (FolderLock(absent), FolderLock(absent))
            #expect(first != nil && second != nil)
        }
    }
}
