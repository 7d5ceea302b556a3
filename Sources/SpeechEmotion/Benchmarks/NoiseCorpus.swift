import Foundation
import Randomness
import Wav2Vec2

/// A corpus of short noises with a tiny untrained encoder and a stage file that embeds it, to measure on.
struct NoiseCorpus {
    let directory: URL
    let clips: Int

    static let stageFileName = "growth.yaml"
    /// A clip's length.
    static let seconds = 1.8
    private static let sampleRate = 16_000
    private static let frames = Int(seconds * Double(sampleRate))

    /// Writes everything.
    func write() throws {
        try writeClips(to: directory.appendingPathComponent("corpus"))
        try UntrainedEncoder.write(
            to: directory.appendingPathComponent("encoder"), seed: 0, configuration: .tiny)
        try Data(Self.stageFile.utf8).write(to: directory.appendingPathComponent(Self.stageFileName))
    }

    /// As many takes of RAVDESS's 1440 names as it needs.
    ///
    /// Each is a stretch of one long noise, a sample further on than the one before: no two are alike.
    private func writeClips(to corpus: URL) throws {
        var random = SeededGenerator(seed: 0, purpose: "noise")
        let noise = (0..<Self.frames + clips).map { _ in Int16(random.below(16_000) - 8_000).littleEndian }
        let bytes = noise.withUnsafeBytes { Data($0) }
        let names = RavdessName.all
        var folders: Set<String> = []
        for clip in 0..<clips {
            let file = corpus.appendingPathComponent("take-\(clip / names.count)/\(names[clip % names.count].path)")
            let folder = file.deletingLastPathComponent()
            if folders.insert(folder.path).inserted {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            try (Self.header + bytes[2 * clip..<2 * (clip + Self.frames)]).write(to: file)
        }
    }

    /// The header of a WAV file of 16-bit samples in one channel.
    private static let header: Data = {
        let size = 2 * frames
        func number(_ value: some FixedWidthInteger) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }
        let format =
            number(UInt16(1)) + number(UInt16(1)) + number(UInt32(sampleRate)) + number(UInt32(2 * sampleRate))
            + number(UInt16(2)) + number(UInt16(16))
        return Data("RIFF".utf8) + number(UInt32(36 + size)) + Data("WAVEfmt ".utf8) + number(UInt32(16)) + format
            + Data("data".utf8) + number(UInt32(size))
    }()

    private static let stageFile = """
        # What does it cost to embed this many clips?
        name: growth
        stages:
          clips: {kind: corpus, layout: ravdess, root: corpus, complete: false}
          embeddings: {kind: embed, needs: clips, encoder: encoder}

        """
}
