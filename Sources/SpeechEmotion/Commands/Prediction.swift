import Evaluation

/// What a head said of one file.
struct Prediction: Sendable {
    let file: String
    /// One number a class, summing to 1.
    var probabilities: [Float]
    /// The length of the audio, in seconds.
    let seconds: Double
    /// How long the answer took from decoding on, in seconds; nil where the embedding came out of the cache.
    let computeSeconds: Double?

    /// The index of the most probable class; of equals the first.
    var top: Int { predictedClass(of: probabilities) }

    /// Seconds of computing for each second of audio: below 1 is faster than the audio plays.
    var realTimeFactor: Double? { computeSeconds.map { $0 / seconds } }
}
