import Audio
import Foundation

extension FuzzTargets {
    /// A recording in any format, heard to its end at an encoder's rate.
    static let audio = FuzzTarget("audio", fixedBytes: 48 << 20) { bytes in
        let stream = try AudioStream(.memory(bytes), name: "clip")
        try stream.forEachWindow(at: 16_000) { samples in
            FuzzTarget.expect(samples.count <= 60 * 16_000, "a window of \(samples.count) samples")
        }
    }
}
