import Foundation

/// How much memory a task asks for, by what it holds, in megabytes (MiB, as Slurm counts).
///
/// Measured on the demo (wav2vec2-base's size, two workers): see "On a cluster" in README.md.
struct TaskMemory {
    /// The bytes of the largest encoder's weights; 0 without an encoder.
    let weights: Int
    /// The bytes of all hidden states of all clips: the largest table that heads may be trained on.
    let states: Int

    /// The rule as scripts state it.
    static let rule = "256 MB, twice the encoder's weights, 200 MB a worker"
    static let trainingRule = "\(rule), twice all clips' hidden states"

    /// What an embedding task of so many workers asks for.
    func embedding(workers: Int) -> String { "\(256 + 2 * Self.megabytes(weights) + 200 * workers)M" }

    /// What a task asks for that trains heads and writes the report; it embeds what is missing, too.
    func training(workers: Int) -> String {
        "\(256 + 2 * Self.megabytes(weights) + 200 * workers + 2 * Self.megabytes(states))M"
    }

    /// What a merge asks for: a batch of rows and the keys of the shards.
    static let merging = "1024M"

    private static func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
}
