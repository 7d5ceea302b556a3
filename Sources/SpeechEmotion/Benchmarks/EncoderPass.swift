import Foundation
import Kernels
import Reports
import Wav2Vec2

/// The encoder's pass over some clips, as the `bench` command tells of it.
struct EncoderPass {
    let encoder: Encoder
    let clips: Int
    /// The samples of each window.
    let windows: [Int]
    let seconds: Double
    let workers: Int
    /// Floating-point operations a second that all workers could do; nil where that was not measured.
    let peak: Double?

    /// The time, and its share of the peak where there is one.
    var lines: [String] { [time] + [share].compactMap { $0 } }

    private var time: String {
        let audio = Double(windows.reduce(0, +)) / Double(encoder.preprocessing.sampleRate)
        return "encoder  \(encoder.precision.rawValue), \(clips) clips, \(audio.fixed(1)) s of audio, "
            + "\(counted(workers, "worker")): \(seconds.fixed(3)) s, \((Double(clips) / seconds).fixed(2)) clips/s, "
            + "\((audio / seconds).fixed(2)) s of audio/s"
    }

    private var share: String? {
        guard let peak else { return nil }
        let operations = windows.reduce(0) { $0 + encoder.configuration.operations(samples: $1) }
        return
            "peak     \((peak / 1e9).fixed(1)) GFLOP/s in registers; the network's \((operations / 1e9).fixed(1)) GFLOP in that time "
            + "are \((100 * operations / seconds / peak).fixed(1)) % of it"
    }

    /// A line for each part, with its share of the workers' time, the longest first.
    func profile(_ profile: Profile) -> [String] {
        let total = profile.parts.reduce(0) { $0 + $1.seconds }
        return profile.parts.sorted { $0.seconds > $1.seconds }.map {
            let name = $0.part.name.padding(toLength: 24, withPad: " ", startingAt: 0)
            return "profile  \(name) \((1000 * $0.seconds).fixed(1)) ms  \((100 * $0.seconds / total).fixed(1)) %"
        }
    }
}
