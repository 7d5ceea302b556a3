import Audio
import FeatureStore
import Foundation
import Kernels
import Wav2Vec2

/// A clip that went to the encoder: decoded, mono, resampled, cut into windows, each normalised.
struct PreparedClip: Sendable {
    let digest: Digest
    let facts: StoredAudioFacts
    /// The clip's length in seconds.
    var seconds: Double { facts.seconds }

    /// The largest file that is read into memory, where what was digested cannot change before it is decoded: a window's
    /// worth of almost any recording (a minute of 48 kHz, two channels, 16 bit, has 11.5 MB), for every worker at once.
    static let largestInMemory = 16 << 20

    /// Reads a file and hands on its windows as the encoder takes them.
    ///
    /// A file too large for memory is read twice, and refused if it was touched meanwhile.
    ///
    /// - Parameter expected: the digest that the clip had when it was listed; nil accepts any.
    /// - throws: what `body` throws; `FeatureStoreError` when the file cannot be read; `AudioError` when it is no usable
    ///   audio, which may show after some windows; ``CorpusError/changed(path:)`` when it is not what was listed.
    init(
        _ path: String, name: String, expected: Digest?, preprocessing: Preprocessing,
        largestInMemory: Int = PreparedClip.largestInMemory, forEachWindow body: ([Float]) throws -> Void
    ) throws {
        (digest, facts) = try Self.decoded(path, name: name, expected: expected, largestInMemory: largestInMemory) {
            try $0.forEachWindow(at: preprocessing.sampleRate) { window in
                let samples = preprocessing.prepared(window)
                // Numbers near the largest can leave the finite ones between the file and here.
                guard areFinite(samples) else { throw AudioError.tooLoud(clip: name) }
                try body(samples)
            }
        }
    }

    /// Reads a file, which must be what was listed, and hands its audio to `body` to be read to the end.
    static func decoded(
        _ path: String, name: String, expected: Digest?, largestInMemory: Int = PreparedClip.largestInMemory,
        _ body: (AudioStream) throws -> Void
    ) throws -> (digest: Digest, facts: StoredAudioFacts) {
        let file = try OpenFile(path: path)
        let (bytes, digest) = try digested(file, largestInMemory: largestInMemory)
        guard expected == nil || digest == expected else { throw CorpusError.changed(path: name) }
        do {
            let audio = try AudioStream(bytes, name: name)
            try body(audio)
            guard bytes.isInMemory || file.isUnchanged else { throw CorpusError.changed(path: name) }
            return (digest, StoredAudioFacts(audio.facts, audio.check))
        } catch let error where bytes.isInMemory || file.isUnchanged {
            throw error
        } catch {
            throw CorpusError.changed(path: name)
        }
    }

    private static func digested(_ file: OpenFile, largestInMemory: Int) throws -> (AudioBytes, Digest) {
        guard file.size > largestInMemory else {
            let contents = try file.contents()
            return (.memory(contents), Digest(hashing: contents))
        }
        return (.file(descriptor: file.descriptor, count: file.size), try file.digest())
    }
}

extension AudioBytes {
    fileprivate var isInMemory: Bool {
        if case .memory = self { true } else { false }
    }
}

extension Encoder {
    /// Embeds a clip window by window.
    func embed(_ clip: CorpusClip, using workspace: Workspace) throws -> (clip: PreparedClip, embedding: Embedding) {
        var mean = WindowMean()
        let prepared = try PreparedClip(
            clip.file.path, name: clip.path, expected: clip.digest, preprocessing: preprocessing
        ) { mean.add(try pooledHiddenStates(of: $0, using: workspace)) }
        guard let states = mean.pooled else { preconditionFailure("a prepared clip has at least one window") }
        return (prepared, Embedding(states, by: self))
    }
}

extension StoredAudioFacts {
    /// What the store remembers of a decoded clip.
    init(_ facts: AudioFacts, _ check: SignalCheck) {
        self.init(
            sampleRate: facts.sampleRate, channels: facts.channels, frames: facts.frames, format: facts.format,
            peak: check.peak, rms: check.rms, clippedSamples: check.clippedSamples, isSilent: check.isSilent)
    }
}

extension Embedding {
    /// What the store keeps of an encoder's answer.
    init(_ states: PooledStates, by encoder: Encoder) {
        self.init(
            layers: states.layers, hidden: states.hidden, frames: states.frames, values: states.values,
            instructionSet: encoder.instructionSet)
    }
}
