import Diagnosis
import FeatureStore

/// What can be wrong with an encoder's directory or a trained head's file, seen from the stages and commands.
public enum ModelError: Error, Equatable, Sendable {
    /// The encoder's directory is not there.
    case encoderMissing(directory: String)
    /// A file of the encoder that was looked at when the command began cannot be read any more.
    case encoderVanished(directory: String)
    /// A file of the encoder is not what is remembered of it although its size and times are; digests as hex.
    case encoderChanged(file: String, found: String, expected: String)
    /// The head was trained on embeddings made by another recipe.
    case recipeMismatch(head: String, encoder: String, found: String, expected: String)
    /// A head file lacks something that Timbre writes into it.
    case headFact(file: String, fact: String, found: String?)
    /// Embeddings that were just stored cannot be read back.
    case embeddingsLost(store: String, clips: Int)
    /// The head standardises by speaker, but nothing says that the clips are of one.
    case standardizesBySpeaker(file: String)
    /// The head standardises by speaker, which one clip is too few for; `files` have its content.
    case onlyOneClip(file: String, files: Int)
    /// The clips are said to be of one speaker, which the head has no use for.
    case standardizesNotBySpeaker(file: String)
    /// The head's weights are so large that its answer is not finite.
    case answerNotFinite(head: String, clip: String)
    /// The head standardises by speaker, so clips cannot be classified as they appear.
    case cannotWatch(file: String)
}

extension ModelError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .encoderMissing(let directory):
            return Diagnosis(
                "the encoder is not there", place: directory, found: "no such directory",
                expected: "config.json, preprocessor_config.json and pytorch_model.bin or model.safetensors",
                remedy: "timbre fetch wav2vec2-base; `make demo` needs none", exit: .missingInput)
        case .encoderVanished(let directory):
            return Diagnosis(
                "the encoder vanished while it was in use", place: directory,
                found: "a file that cannot be read any more", expected: "files that stay as they are",
                remedy: "put it there again and run again; what was computed is kept", exit: .inputOutput)
        case .encoderChanged(let file, let found, let expected):
            return Diagnosis(
                "a file of the encoder has been damaged or exchanged", place: file, found: "SHA-256 \(found)",
                expected: "SHA-256 \(expected), as when it was first read",
                remedy:
                    "copy or download it again; or touch \(Diagnosis.shellWord(file)), to take it as another encoder's",
                exit: .badData)
        case .recipeMismatch(let head, let encoder, let found, let expected):
            return Diagnosis(
                "this head was trained on embeddings made in another way", place: "\(head) with encoder \(encoder)",
                found: found, expected: expected,
                remedy: "name the right encoder with --encoder DIR, or train the head again", exit: .badData)
        case .headFact(let file, let fact, let found):
            return Diagnosis(
                "the head's file does not say what Timbre needs to know", place: file,
                found: found.map { "\(fact): \($0)" } ?? "no \(fact)", expected: "metadata as `timbre run` writes it",
                remedy: "train the head again", exit: .badData)
        case .embeddingsLost(let store, let clips):
            return Diagnosis(
                "embeddings that were just stored cannot be read back", place: store,
                found: "\(clips.clips) without a row",
                expected: "a cache that keeps what is written", remedy: FeatureStoreError.rescue(of: store),
                exit: .inputOutput)
        case .answerNotFinite(let head, let clip):
            return Diagnosis(
                "the head's answer is not finite", place: "\(head), clip \(clip)",
                found: "NaN or infinity among its probabilities", expected: "a number from 0 to 1 for each class",
                remedy: "train the head again, with a lower optimizer.learningRate", exit: .badData)
        case .standardizesBySpeaker(let file):
            return Diagnosis(
                "this head was trained on embeddings standardised by speaker", place: file,
                found: "clips not said to be of one speaker",
                expected: "at least two clips of one speaker, whose mean and deviation standardise them",
                remedy: "timbre predict --one-speaker --head \(Diagnosis.shellWord(file)) AUDIO…", exit: .usage)
        case .onlyOneClip(let file, let files):
            return Diagnosis(
                "this head was trained on embeddings standardised by speaker", place: file,
                found: files == 1 ? "one clip only" : "\(files) files with the content of one clip",
                expected: "at least two clips of one speaker, whose mean and deviation standardise them",
                remedy: "name more clips of that speaker", exit: .usage)
        case .standardizesNotBySpeaker(let file):
            return Diagnosis(
                "this head does not standardise by speaker", place: file, found: "--one-speaker",
                expected: "clips of any speakers, each classified by itself",
                remedy: "leave out --one-speaker: the answers do not depend on who speaks in the other clips",
                exit: .usage)
        case .cannotWatch(let file):
            return Diagnosis(
                "this head was trained on embeddings standardised by speaker", place: file,
                found: "clips to be classified one by one, as they appear",
                expected: "all clips of one speaker at once, whose mean and deviation standardise them",
                remedy: "timbre predict --one-speaker --head \(Diagnosis.shellWord(file)) AUDIO…", exit: .usage)
        }
    }
}
