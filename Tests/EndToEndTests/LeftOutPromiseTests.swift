import TestSupport
import Testing

/// A promise that was not tried is not known to be kept: `make test` leaves out what cannot be tried where it runs,
/// `make promises` fails there.
@Suite struct LeftOutPromiseTests {
    @Test(.enabled(if: Trials.isFull, "`make test` may leave something out, and says what"))
    func makePromisesLeavesNothingOut() {
        #expect(DiskPromiseTests.canMount, "full disks, a read-only cache: \(DiskPromiseTests.noMount)")
        #expect(DiskPromiseTests.hasFullDevice, "a full standard output: \(DiskPromiseTests.noFullDevice)")
        #expect(SynthesisCrowdPromiseTests.speaks, "killed synthesis, crowds that speak: needs espeak-ng")
        #expect(Sanitizer.isOff, "memory, limits on files: \(Sanitizer.skipped)")
    }
}
