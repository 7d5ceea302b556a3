import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

/// One after the other: what one makes the kernel forget, another would measure.
@Suite(.serialized) struct PeakMemoryTests {
    @Test func whatWasResidentOnceStillCounts() throws {
        var block = Data(repeating: 1, count: 64 << 20)
        let held = try resident()
        block = Data()
        // The kernel counts pages in batches.
        #expect(try #require(PeakMemory.bytes(ofProcess: "self")) + block.count >= held - (8 << 20))
    }

    @Test(
        .enabled(if: Sanitizer.isOff, "\(Sanitizer.skipped)"),
        .enabled(if: FileManager.default.isWritableFile(atPath: "/proc/self/clear_refs"), "the kernel does not forget"))
    func whatIsForgottenCountsNoMore() throws {
        var block = Data(repeating: 1, count: 512 << 20)
        let most = try #require(PeakMemory.bytes(ofProcess: "self"))
        block = Data()
        PeakMemory.forget()
        // Other tests take some meanwhile.
        #expect(try #require(PeakMemory.bytes(ofProcess: "self")) + block.count < most - (256 << 20))
    }

    @Test func figuresStandInOneLine() {
        var memory = PeakMemory()
        memory.note("encoder")
        memory.note("whole")
        #expect(memory.line.wholeMatch(of: /memory   at most: encoder \d+\.\d MB, whole \d+\.\d MB/) != nil)
    }

    @Test func aProcessThatIsNotThereHasNone() {
        #expect(PeakMemory.bytes(ofProcess: "0") == nil)
    }

    /// What is resident now.
    private func resident() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
        return try #require(Int(pages)) * sysconf(Int32(_SC_PAGESIZE))
    }
}
