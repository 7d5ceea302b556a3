import Foundation

extension FuzzTargets {
    /// Readers that misbehave, so that a test can see that this is found before silence is believed.
    static let faults = [
        FuzzTarget("fault-trap") { bytes in FuzzTarget.expect(bytes.isEmpty, "a trap") },
        FuzzTarget("fault-error") { _ in throw CocoaError(.fileReadUnknown) },
        FuzzTarget("fault-time") { _ in while clock() >= 0 {} },
        FuzzTarget("fault-memory") { bytes in
            _ = (0..<64).map { _ in Data(repeating: bytes[0], count: 1 << 16) }
        },
        FuzzTarget("fault-allocation") { bytes in FuzzTarget.expect(Data(count: 1 << 40) != bytes, "no room") },
    ]
}
