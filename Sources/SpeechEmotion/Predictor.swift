import EmotionHead
import Evaluation
import FeatureStore
import Foundation

/// Classifies audio files with a trained head and the encoder that it names: the `predict` command.
public struct Predictor {
    private let file: URL
    private let head: HeadFile
    private let facts: HeadFacts
    private let cache: EmbeddingCache
    private let project: Project

    /// Reads the head and finds its encoder.
    ///
    /// - Parameter encoder: where the encoder is, if not where the head says.
    /// - throws: `EmotionHeadError` for a file that is no head, ``ModelError`` when the encoder is missing or another one.
    public init(head file: URL, encoder: URL?, project: Project) throws {
        self.file = file
        self.project = project
        head = try HeadFile(contentsOf: file)
        facts = try HeadFacts(head.metadata, file: file.relativePath)
        let directory = encoder ?? URL(fileURLWithPath: facts.encoder)
        cache = try EmbeddingCache(encoder: directory, store: project.store)
        let differences = RecipeDifferences(found: cache.recipe.fields, expected: facts.recipe)
        guard differences.isEmpty else {
            throw ModelError.recipeMismatch(
                head: file.relativePath, encoder: directory.relativePath, found: differences.found,
                expected: differences.expected)
        }
        let width = Self.featureCount(of: head.head)
        guard width == expectedFeatureCount else {
            throw ModelError.headFact(
                file: file.relativePath, fact: "inputs", found: "\(width) numbers of layer \(facts.features.words)")
        }
    }

    /// Classifies the files; those that cannot be used are named in the result.
    ///
    /// - Parameter asOneSpeaker: all files are of one speaker, whose mean and deviation standardise them; needed by heads that
    ///   were trained on embeddings standardised by speaker, and only by them.
    public func predict(_ files: [URL], named names: [String], asOneSpeaker: Bool, options: WorkOptions) throws
        -> Predictions
    {
        guard facts.standardize != .speaker || (asOneSpeaker && files.count > 1) else {
            throw ModelError.standardizesBySpeaker(file: file.relativePath, clips: files.count)
        }
        let clips = try listedClips(files, named: names, store: project.store, jobs: options.jobs)
        let problems = try cache.fill(clips, jobs: options.jobs, console: options.console)
        let unusable = Set(problems.map(\.path))
        let usable = clips.filter { !unusable.contains($0.path) }
        let values = try cache.embeddings(of: usable, layers: layers, options: options)
        guard facts.standardize != .speaker || Set(usable.map(\.digest)).count > 1 else {
            try problems.throwIfAny(of: clips)
            throw ModelError.standardizesBySpeaker(file: file.relativePath, clips: usable.count)
        }
        var features = usable.flatMap { clip in
            facts.features.features(
                ofStates: (values[clip.digest] ?? [])[...], hidden: cache.source.configuration.hiddenSize)
        }
        if facts.standardize == .speaker {
            features = Standardization(of: features, inputs: Self.featureCount(of: head.head)).applied(to: features)
        }
        let probabilities = head.head.probabilities(of: features)
        return Predictions(
            classes: head.classes,
            items: zip(usable, probabilities).map { Prediction(file: $0.path, probabilities: $1) }, problems: problems)
    }

    private var layers: [Int] { facts.features.layers(of: cache.source.stateCount) }

    /// How many numbers a clip has by the head's facts; nil where the encoder lacks a layer.
    private var expectedFeatureCount: Int? {
        let count = cache.source.stateCount
        guard layers.allSatisfy({ $0 < count }) else { return nil }
        let states = [Float](repeating: 0, count: layers.count * cache.source.configuration.hiddenSize)
        return facts.features.features(ofStates: states[...], hidden: cache.source.configuration.hiddenSize).count
    }

    private static func featureCount(of head: Head) -> Int { head.architecture.states * head.architecture.inputs }
}

/// What a head said of some files.
public struct Predictions: Sendable {
    let classes: [String]
    let items: [Prediction]
    let problems: [CorpusProblem]

    /// Throws ``CommandError/badFiles(problems:done:)`` when some files could not be used.
    public func throwIfIncomplete() throws { try problems.throwIfAny(done: items.count) }
}

/// What a head said of one file.
struct Prediction: Sendable {
    let file: String
    /// One number a class, summing to 1.
    let probabilities: [Float]

    /// The index of the most probable class; of equals the first.
    var top: Int { predictedClass(of: probabilities) }
}
