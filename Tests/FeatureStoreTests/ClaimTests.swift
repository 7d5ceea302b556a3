import Foundation
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct ClaimTests {
    @Test func aClaimIsHeldByOneUntilItIsLetGo() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("claims")
            var first = Claim(7, of: file)
            #expect(first != nil)
            #expect(Claim(7, of: file) == nil)
            #expect(Claim(8, of: file) != nil)
            first = nil
            #expect(Claim(7, of: file) != nil)
            withExtendedLifetime(first) {}
        }
    }

    @Test func thoseWhoShareKeepOutWhoeverDoesNot() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("claims")
            let shared = (0..<3).map { _ in Claim(0, of: file, isShared: true) }
            #expect(shared.allSatisfy { $0 != nil })
            #expect(Claim(0, of: file) == nil)
            withExtendedLifetime(shared) {}
        }
    }

    @Test func theLastByteThatAFileMayHaveCanBeClaimed() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("claims")
            let last = Claim(.max - 1, of: file)
            #expect(Claim(.max - 1, of: file) == nil)
            withExtendedLifetime(last) {}
            let size = try Data(contentsOf: file).count
            #expect(size == 0)
        }
    }

    @Test func aProgramStartedMeanwhileDoesNotInheritAClaim() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("claims")
            var claim = Claim(1, of: file)
            #expect(claim != nil)
            let sleeper = Process()
            sleeper.executableURL = URL(fileURLWithPath: "/bin/sleep")
            sleeper.arguments = ["30"]
            try sleeper.run()
            claim = nil
            #expect(Claim(1, of: file) != nil)
            kill(sleeper.processIdentifier, SIGKILL)
            sleeper.waitUntilExit()
        }
    }

    @Test func withoutAFileToLockEverybodyHasTheClaim() throws {
        try withTemporaryDirectory { directory in
            let first = Claim(1, of: directory)
            let second = Claim(1, of: directory)
            #expect(first != nil && second != nil)
        }
    }

    @Test(arguments: [ENOLCK, EINVAL, ENOTSUP, ENOSYS, EIO]) func aFileSystemWithoutLocksIsNotAnotherHolder(code: Int32)
    {
        #expect(!Claim.isHeldElsewhere(code))
        #expect(Claim.isHeldElsewhere(EAGAIN) && Claim.isHeldElsewhere(EACCES))
    }
}
