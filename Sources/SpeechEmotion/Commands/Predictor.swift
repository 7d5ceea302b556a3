import EmotionHead
import FeatureStore
import Foundation
import Kernels
import Synchronization

/// Classifies audio files with a trained head and the encoder that it names: the `predict` command.
public struct Predictor: Sendable {
    let file: URL
    let head: HeadFile
    let facts: HeadFacts
    let cache: EmbeddingCache
    let encoder: LazyEncoder

    /// Reads the head and finds its encoder, whose weights stay unread until a clip needs them.
    ///
    /// - Parameter named: where the encoder is, if not where the head says.
    /// - throws: `EmotionHeadError` for a file that is no head, ``ModelError`` when the encoder is missing or another one.
    public init(head file: URL, encoder named: URL?, project: Project) throws {
        self.file = file
        head = try HeadFile(contentsOf: file)
        facts = try HeadFacts(head.metadata, file: file.relativePath)
        let directory = named ?? URL(fileURLWithPath: facts.encoder)
        let precision = facts.recipe["precision"].flatMap(Precision.init) ?? .float32
        cache = try EmbeddingCache(encoder: directory, precision: precision, store: project.store)
        encoder = LazyEncoder(cache.source.encoder)
        let differences = RecipeDifferences(found: cache.recipe.fields, expected: facts.recipe)
        guard differences.isEmpty else {
            throw ModelError.recipeMismatch(
                head: file.relativePath, encoder: directory.relativePath, found: differences.found,
                expected: differences.expected)
        }
        guard head.head.architecture.exampleWidth == expectedFeatureCount else {
            throw ModelError.headFact(
                file: file.relativePath, fact: "inputs",
                found: "\(head.head.architecture.exampleWidth) numbers of layer \(facts.features.words)")
        }
    }

    /// The classes that a clip may be of.
    public var classes: [String] { head.classes }

    /// Where the encoder is used, if that is not where it was named; in one line.
    public var remark: String? { cache.source.place.remark }

    /// What to know before believing an answer, in one line; nil for a head that was trained on a published encoder.
    public var caution: String? { facts.caution(head: file.relativePath) }

    /// Throws ``ModelError`` unless all clips are said to be of one speaker just when the head needs that: when it was
    /// trained on embeddings standardised by speaker.
    public func checkSpeakers(areOne: Bool) throws {
        switch (facts.standardize == .speaker, areOne) {
        case (true, false): throw ModelError.standardizesBySpeaker(file: file.relativePath)
        case (false, true): throw ModelError.standardizesNotBySpeaker(file: file.relativePath)
        default: return
        }
    }

    /// Classifies the files and hands each answer to the writer as soon as those before it are there.
    ///
    /// A head that was trained on embeddings standardised by speaker takes all files to be of one, whose mean and deviation
    /// standardise them; all answers then come at the end.
    ///
    /// - throws: ``CommandError/badFiles(problems:done:)`` at the end when some files could not be used;
    ///   ``ModelError/onlyOneClip(file:files:)``.
    public func predict(_ audio: AudioArguments, writer: PredictionWriter, options: WorkOptions) throws {
        let isBySpeaker = facts.standardize == .speaker
        if isBySpeaker && audio.items.count == 1 { throw ModelError.onlyOneClip(file: file.relativePath, files: 1) }
        writer.makeRoom(forNames: audio.items.map(\.name))
        let (clips, unread) = audio.clips(store: cache.store, jobs: options.jobs)
        let problems = Mutex(unread)
        let waiting = Mutex<[ClipAnswer]>([])
        try answer(clips, options: options) { answer in
            switch answer {
            case .success(let answer) where isBySpeaker: waiting.withLock { $0.append(answer) }
            case .success(let answer): try writer.write(answer.prediction)
            case .failure(let problem): problems.withLock { $0.append(problem) }
            }
        }
        if isBySpeaker {
            for prediction in try standardized(waiting.withLock { $0 }, problems.withLock { $0 }) {
                try writer.write(prediction)
            }
        }
        try problems.withLock { $0 }.throwIfAny(of: clips.count + unread.count)
    }

    /// What the head says once the clips' own mean and deviation standardise them.
    private func standardized(_ answers: [ClipAnswer], _ problems: [CorpusProblem]) throws -> [Prediction] {
        guard Set(answers.map(\.clip.digest)).count > 1 else {
            try problems.throwIfAny(done: answers.count)
            throw ModelError.onlyOneClip(file: file.relativePath, files: answers.count)
        }
        let features = answers.flatMap(\.features)
        let scaling = Standardization(of: features, inputs: head.head.architecture.exampleWidth)
        return try zip(answers, head.head.probabilities(of: scaling.applied(to: features))).map {
            answer, probabilities in
            guard areFinite(probabilities) else {
                throw ModelError.answerNotFinite(head: file.relativePath, clip: answer.clip.path)
            }
            var prediction = answer.prediction
            prediction.probabilities = probabilities
            return prediction
        }
    }

    /// How many numbers a clip has by the head's facts; nil where the encoder lacks a layer.
    private var expectedFeatureCount: Int? {
        guard layers.allSatisfy({ $0 < cache.source.stateCount }) else { return nil }
        return features(ofStates: [Float](repeating: 0, count: layers.count * hidden)).count
    }
}

extension Predictor {
    /// The hidden states that the head needs of a clip.
    var layers: [Int] { facts.features.layers(of: cache.source.stateCount) }

    private var hidden: Int { cache.source.configuration.hiddenSize }

    /// What the head takes of those states.
    func features(ofStates states: [Float]) -> [Float] {
        facts.features.features(ofStates: states[...], hidden: hidden)
    }
}
