/// Cuts a clip into the windows that an encoder hears one by one.
///
/// Windows are 30 s long and lie end to end; the last takes all that is left and is 30 to 60 s long. A clip of up to a
/// minute is one window. Memory is that of one window, however long the clip.
struct ClipWindows {
    /// Samples in a window that is not the last.
    private let length: Int
    private var pending: [Float] = []

    /// Windows of samples at `rate` Hz.
    init(rate: Int) { length = ClipWindows.seconds * rate }

    /// Seconds in a window that is not the last.
    static let seconds = 30

    /// Takes the samples that follow and hands on each window that is complete.
    mutating func add(_ samples: [Float], _ body: ([Float]) throws -> Void) rethrows {
        pending += samples
        while pending.count > 2 * length {
            try body(Array(pending[..<length]))
            pending.removeFirst(length)
        }
    }

    /// Hands on the last window, if there were samples at all.
    func finish(_ body: ([Float]) throws -> Void) rethrows {
        if !pending.isEmpty { try body(pending) }
    }
}
