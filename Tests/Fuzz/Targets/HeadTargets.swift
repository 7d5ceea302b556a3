import EmotionHead
import Foundation
import SpeechEmotion
import Wav2Vec2

extension FuzzTargets {
    /// A saved head, which is asked one question and then handed to `timbre predict`.
    static let heads = [
        FuzzTarget("head", fixedBytes: 4 << 20, multiple: 128) { bytes in
            let file = try Scratch.file("head.safetensors", bytes)
            let head = try HeadFile(contentsOf: file).head
            let zeros = [Float](repeating: 0, count: head.architecture.exampleWidth)
            FuzzTarget.expect(
                head.probabilities(of: zeros)[0].count == head.architecture.classes, "not one answer a class")
            _ = try Predictor(head: file, encoder: encoderDirectory.get(), project: project.get())
        }
    ]

    private static let encoderDirectory = Result {
        var configuration = EncoderConfiguration.base
        (configuration.hiddenSize, configuration.layers, configuration.heads) = (4, 1, 1)
        configuration.intermediateSize = 4
        configuration.convolutionChannels = [Int](repeating: 2, count: 7)
        (configuration.positionalTaps, configuration.positionalGroups) = (2, 2)
        let directory = Scratch.folder.appendingPathComponent("untrained")
        try UntrainedEncoder.write(to: directory, seed: 1, configuration: configuration)
        return directory
    }

    /// An empty cache.
    static let project = Result {
        try Project(
            cache: Scratch.folder.appendingPathComponent("cache"),
            reports: Scratch.folder.appendingPathComponent("reports")
        )
    }
}
