import Checkpoints
import Foundation
import Randomness
import TestSupport
import Testing

/// README: numbers that are not finite are named where they first appear, and stop the clip that they are of.
@Suite struct NotFinitePromiseTests {
    @Test func aSampleStopsItsClipAndNotTheRun() throws {
        try Workbench.use { bench in
            let told = try (0..<Trials.count(3, full: 60)).count { seed in
                var generator = SeededGenerator(seed: UInt64(seed), purpose: "sample that is not a number")
                let clip = Workbench.names[generator.below(Workbench.names.count)].path
                let sound = try Data(contentsOf: bench.url("corpus/\(clip)"))
                let reason = try spoil(bench.url("corpus/\(clip)"), seed, &generator)
                try? FileManager.default.removeItem(at: bench.url("cache"))
                let outcome = try bench.timbre("run", "small.yaml")
                let others = try bench.timbre("cache", "stats").output
                let stopped = try bench.timbre("run", "small.yaml", "--keep-going").status
                let report = try bench.text("reports/small/report.md")
                let isTold =
                    outcome.status == 65 && outcome.errors.contains("\(clip): \(reason)") && stopped == 0
                    && others.contains("\(Workbench.names.count - 1) embeddings") && report.contains(reason)
                #expect(isTold, "seed \(seed), \(clip), \(reason): \(outcome)\n\(others)")
                try sound.write(to: bench.url("corpus/\(clip)"))
                return isTold
            }
            Trials.tell(
                "NaN, infinity or overflow in audio", "\(told) clips, each named; all others embedded and reported")
        }
    }

    /// Puts a sample that is not a number, or samples that leave the finite numbers when computed with, in a clip's place, and
    /// returns what has to be said of it.
    private func spoil(_ file: URL, _ seed: Int, _ generator: inout SeededGenerator) throws -> String {
        var samples = (0..<8_000).map { Float(sin(Double($0) / 7)) / 2 }
        guard seed % 3 != 2 else {
            for frame in 1_234..<3_000 { samples[frame] = frame / 50 % 2 == 0 ? 3.4e38 : -3.4e38 }
            try WAVBytes(floats: [samples], sampleRate: 22_050).data.write(to: file)
            return "the samples are too large to compute with"
        }
        let frame = generator.below(samples.count)
        samples[frame] = seed % 3 == 0 ? .nan : generator.below(2) == 0 ? .infinity : -.infinity
        try WAVBytes(floats: [samples], sampleRate: 22_050).data.write(to: file)
        return "a sample is not a number: NaN or infinity at frame \(frame)"
    }

    @Test func aWeightIsNamedByItsTensorAndIndex() throws {
        try Workbench.use { bench in
            // Masking is for pretraining alone: the network never reads what it puts there.
            let names = try Checkpoint(contentsOf: bench.url("encoder/model.safetensors")).tensors.keys
                .filter { $0 != "masked_spec_embed" }.sorted()
            let sound = try Data(contentsOf: bench.url("encoder/model.safetensors"))
            let named = try (0..<Trials.count(3, full: 60)).count { seed in
                var generator = SeededGenerator(seed: UInt64(seed), purpose: "weight that is not a number")
                try sound.write(to: bench.url("encoder/model.safetensors"))
                let name = names[generator.below(names.count)]
                var place = 0
                try edit(bench) { tensor, values in
                    guard tensor == name else { return }
                    place = generator.below(values.count)
                    values[place] = [.nan, .infinity, -.infinity][seed % 3]
                }
                let outcome = try bench.timbre("run", "small.yaml")
                let isNamed =
                    outcome.status == 65 && outcome.errors.contains("tensor '\(name)'")
                    && outcome.errors.contains("NaN or infinity at index \(place)\n")
                #expect(isNamed, "\(name) at \(place): \(outcome)")
                return isNamed
            }
            Trials.tell("NaN or infinity in a checkpoint", "\(named) weights, each named by tensor and index")
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
            Trials.tell("overflow in the encoder", "named by clip and layer")
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
