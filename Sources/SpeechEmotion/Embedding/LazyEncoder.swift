import Synchronization
import Wav2Vec2

/// An encoder that is loaded when it is first needed, and once.
final class LazyEncoder: Sendable {
    private let load: @Sendable () throws -> Encoder
    private let encoder = Mutex<Encoder?>(nil)

    init(_ load: @escaping @Sendable () throws -> Encoder) { self.load = load }

    /// The encoder; not to be asked for by several workers at once, who would wait while the one that loads it lacks them.
    func loaded() throws -> Encoder {
        try encoder.withLock { encoder in
            if let encoder { return encoder }
            let loaded = try load()
            encoder = loaded
            return loaded
        }
    }
}
