import Foundation
import Wav2Vec2

extension FuzzTargets {
    /// An encoder's two files of settings, and its folder as a whole: both and safetensors, with form feeds between them.
    static let encoders = [
        FuzzTarget("config") { bytes in
            let configuration = try EncoderConfiguration(contentsOf: Scratch.file("config.json", bytes))
            FuzzTarget.expect(configuration.minimumSamples > 0, "an encoder that needs no samples")
        },
        FuzzTarget("preprocessor") { bytes in
            _ = try Preprocessing(contentsOf: Scratch.file("preprocessor_config.json", bytes))
        },
        FuzzTarget("encoder", fixedBytes: 16 << 20) { try embed($0) },
    ]

    /// Loads an encoder and lets it hear a tenth of a second.
    private static func embed(_ bytes: Data) throws {
        let parts = bytes.parts(3)
        let names = ["config.json", "preprocessor_config.json", "model.safetensors"]
        for (name, part) in zip(names, parts) { _ = try Scratch.file("encoder/\(name)", part) }
        let encoder = try Encoder(directory: Scratch.folder.appendingPathComponent("encoder"))
        let samples = (0..<1600).map { Float(($0 * 7919) % 200 - 100) / 100 }
        let states = try encoder.pooledHiddenStates(
            of: encoder.preprocessing.prepared(samples), using: encoder.makeWorkspace())
        FuzzTarget.expect(states.values.allSatisfy(\.isFinite), "states that are not finite")
    }
}
