import Foundation
import SpeechEmotion

extension FuzzTargets {
    /// A stage file, read to the last parameter of every cell of its grid; a form feed parts it from lines of `--set`.
    static let stages = [
        FuzzTarget("stage", fixedBytes: 32 << 20, multiple: 256) { bytes in
            let parts = bytes.parts(2)
            let overrides = parts[1].split(separator: UInt8(ascii: "\n")).prefix(8).map {
                String(decoding: $0, as: UTF8.self)
            }
            try readStages(parts[0], overrides: overrides)
        },
        FuzzTarget("folds", fixedBytes: 4 << 20, multiple: 128) { bytes in
            _ = try Scratch.file("folds.csv", bytes)
            try readStages(Data(ownFolds.utf8), overrides: [])
        },
        FuzzTarget("table", fixedBytes: 4 << 20, multiple: 128) { bytes in
            _ = try Scratch.file("table.csv", bytes)
            try readStages(Data(ownTable.utf8), overrides: [])
        },
    ]

    private static func readStages(_ bytes: Data, overrides: [String]) throws {
        _ = try Experiment(
            file: Scratch.file("stages.yaml", bytes), overrides: overrides, project: project.get(),
            options: WorkOptions(jobs: 1, console: .silent))
    }

    private static let ownTable = """
        name: own
        stages:
          clips:
            kind: corpus
            layout: table
            table: \(Scratch.folder.appendingPathComponent("table.csv").path)
            root: corpus

        """

    private static let ownFolds = """
        name: own
        stages:
          clips: {kind: corpus, layout: ravdess, root: corpus}
          embeddings: {kind: embed, needs: clips, encoder: encoder}
          heads:
            kind: train
            needs: embeddings
            folds: \(Scratch.folder.appendingPathComponent("folds.csv").path)
            layer: 0
            optimizer: {learningRate: 1e-2}
            batch: 8
            epochs: 1

        """
}
