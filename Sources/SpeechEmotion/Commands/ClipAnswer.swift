import EmotionHead
import FeatureStore
import Foundation
import Kernels
import Wav2Vec2

/// What is known of a clip once it has been heard.
struct ClipAnswer: Sendable {
    let clip: CorpusClip
    /// What the head takes of its hidden states.
    let features: [Float]
    /// What the head makes of that as it is.
    let prediction: Prediction
}

/// An answer, or why there is none.
enum ClipOutcome: Sendable {
    case success(ClipAnswer)
    case failure(CorpusProblem)
}

extension Predictor {
    /// Answers for each clip in order, as soon as those before it are there: from the cache, or else by embedding it.
    ///
    /// Of clips with the same content the first is embedded. Weights are read only if a clip needs them.
    func answer(
        _ clips: [CorpusClip], options: WorkOptions, handOn: @escaping @Sendable (ClipOutcome) throws -> Void
    ) throws {
        let digests = clips.map(\.digest)
        let cached = try cache.stored(digests, layers: layers)
        let lengths = try cache.store.audioFacts(of: digests).mapValues(\.seconds)
        let places = Dictionary(grouping: clips.indices) { clips[$0].digest }
        let output = OrderedOutput(handOn)
        var missing: [CorpusClip] = []
        for (place, clip) in clips.enumerated() {
            if let states = cached[clip.digest], let seconds = lengths[clip.digest] {
                try output.put(answer(clip, states: states, seconds: seconds), at: place)
            } else if places[clip.digest]?.first == place {
                missing.append(clip)
            }
        }
        guard !missing.isEmpty else { return }
        let encoder = try encoder.loaded()
        let progress = Progress(
            "classifying", total: missing.count, of: "clip", done: "classified", console: options.console)
        try onWorkers(options.jobs, over: missing, makeTool: encoder.makeWorkspace) { clip, workspace in
            let outcome = try hear(clip, encoder, workspace)
            progress.advance(seconds: outcome.seconds)
            for (copy, place) in (places[clip.digest] ?? []).enumerated() {
                try output.put(copy == 0 ? outcome : outcome.copied(to: clips[place]), at: place)
            }
        }
    }

    /// Embeds a clip, keeps the embedding and asks the head; what another process is embedding is waited for.
    private func hear(_ clip: CorpusClip, _ encoder: Encoder, _ workspace: Workspace) throws -> ClipOutcome {
        let claim = waiting { cache.store.claim(embeddingOf: clip.digest, by: cache.recipe) }
        return try withExtendedLifetime(claim) {
            try remembered(clip) ?? embed(clip, encoder, workspace)
        }
    }

    /// The answer for a clip that is in the cache by now.
    private func remembered(_ clip: CorpusClip) throws -> ClipOutcome? {
        guard let seconds = try cache.store.audioFacts(of: [clip.digest])[clip.digest]?.seconds,
            let states = try cache.stored([clip.digest], layers: layers)[clip.digest]
        else { return nil }
        return answer(clip, states: states, seconds: seconds)
    }

    private func embed(_ clip: CorpusClip, _ encoder: Encoder, _ workspace: Workspace) throws -> ClipOutcome {
        let start = ContinuousClock.now
        let (prepared, embedding): (PreparedClip, Embedding)
        do {
            (prepared, embedding) = try encoder.embed(clip, using: workspace)
        } catch {
            return .failure(CorpusProblem(path: clip.path, reason: error.briefReason))
        }
        let answer = answer(
            clip, states: embedding.states(ofLayers: layers), seconds: prepared.seconds, since: start)
        try cache.store.store(prepared.facts, clip: clip.digest)
        try cache.store.store(embedding, clip: clip.digest, recipe: cache.recipe)
        return answer
    }

    /// Asks the head; `since` is when computing began, if any was needed.
    private func answer(
        _ clip: CorpusClip, states: [Float], seconds: Double, since start: ContinuousClock.Instant? = nil
    ) -> ClipOutcome {
        let features = features(ofStates: states)
        let probabilities = head.head.probabilities(of: features)[0]
        guard areFinite(probabilities) else {
            let error = ModelError.answerNotFinite(head: file.relativePath, clip: clip.path)
            return .failure(CorpusProblem(path: clip.path, reason: error.briefReason))
        }
        return .success(
            ClipAnswer(
                clip: clip, features: features,
                prediction: Prediction(
                    file: clip.path, probabilities: probabilities, seconds: seconds,
                    computeSeconds: start.map { $0.duration(to: .now).inSeconds })))
    }
}

extension ClipOutcome {
    /// Seconds of audio.
    fileprivate var seconds: Double {
        if case .success(let answer) = self { answer.prediction.seconds } else { 0 }
    }

    /// The same of another file with the same content, for which nothing had to be computed any more.
    fileprivate func copied(to clip: CorpusClip) -> ClipOutcome {
        switch self {
        case .failure(let problem): return .failure(CorpusProblem(path: clip.path, reason: problem.reason))
        case .success(let answer):
            let prediction = Prediction(
                file: clip.path, probabilities: answer.prediction.probabilities, seconds: answer.prediction.seconds,
                computeSeconds: nil)
            return .success(ClipAnswer(clip: clip, features: answer.features, prediction: prediction))
        }
    }
}
