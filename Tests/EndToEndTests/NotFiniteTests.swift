import Checkpoints
import Foundation
import TestSupport
import Testing

/// Numbers that are not finite are named where they first appear, and stop the clip that they are of.
@Suite struct NotFiniteTests {
    @Test(arguments: [
        (Float.nan, "a sample is not a number: NaN or infinity at frame 1234"),
        (Float.infinity, "a sample is not a number: NaN or infinity at frame 1234"),
        (3.4e38, "the samples are too large to compute with"),
    ])
    func aSampleStopsItsClipAndNotTheRun(value: Float, reason: String) throws {
        try Workbench.use { bench in
            let clip = Workbench.names[5].path
            var samples = (0..<8_000).map { Float(sin(Double($0) / 7)) / 2 }
            for frame in 1_234..<(value == 3.4e38 ? 3_000 : 1_235) {
                samples[frame] = frame / 50 % 2 == 0 ? value : -value
            }
            try WAVBytes(floats: [samples], sampleRate: 22_050).data.write(
                to: bench.url("corpus").appendingPathComponent(clip))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("\(clip): \(reason)"), "\(outcome.errors)")
            #expect(try bench.timbre("cache", "stats").output.contains("\(Workbench.names.count - 1) embeddings"))
            #expect(try bench.timbre("run", "small.yaml", "--keep-going").status == 0)
            #expect(try bench.text("reports/small/report.md").contains(reason))
        }
    }

    @Test func aWeightIsNamedByItsTensorAndIndex() throws {
        try Workbench.use { bench in
            let name = "encoder.layers.1.attention.v_proj.weight"
            try edit(bench) { if $0 == name { $1[77] = .nan } }
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("tensor '\(name)'"), "\(outcome.errors)")
            #expect(outcome.errors.contains("NaN or infinity at index 77"), "\(outcome.errors)")
        }
    }

    @Test func anOverflowIsNamedByItsClipAndLayer() throws {
        try Workbench.use { bench in
            try edit(bench) { name, values in
                guard name == "encoder.layers.1.feed_forward.output_dense.weight" else { return }
                values = values.map { $0 < 0 ? -3e38 : 3e38 }
            }
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            let clip = Workbench.names[0].path
            let reason = "the encoder's arithmetic left the finite numbers: NaN or infinity first in layer 2"
            #expect(outcome.errors.contains("\(clip): \(reason)"), "\(outcome.errors)")
        }
    }

    /// Writes the encoder's weights anew with some of them changed.
    private func edit(_ bench: Workbench, _ change: (String, inout [Float]) -> Void) throws {
        let file = bench.url("encoder/model.safetensors")
        let tensors = try Checkpoint(contentsOf: file).tensors.map { name, tensor in
            var values = try tensor.floats()
            change(name, &values)
            return TensorToWrite(name: name, shape: tensor.shape) { [values] in values }
        }
        try SafetensorsWriter.write(tensors, to: file)
    }
}
