import Foundation
import Synchronization

/// Writes predictions as they come, each at once, and sums them up.
///
/// Safe from any thread.
public final class PredictionWriter: Sendable {
    private struct State {
        var width = 0
        var isClosed = false
        var clips = 0
        var cached = 0
        var seconds = 0.0
        var computedSeconds = 0.0
        var computeSeconds = 0.0
    }

    private let format: PredictionFormat
    private let classes: [String]
    private let console: Console
    private let output: @Sendable (String) throws -> Void
    private let state = Mutex(State())

    /// Writes what stands before the first prediction.
    ///
    /// - Parameter output: takes each piece of text; standard output unless said.
    public init(
        _ format: PredictionFormat, classes: [String], console: Console,
        output: @escaping @Sendable (String) throws -> Void = { try StandardOutput.write($0) }
    ) throws {
        (self.format, self.classes, self.console, self.output) = (format, classes, console, output)
        let header = format.header(classes: classes)
        if !header.isEmpty { try output(header) }
    }

    /// Widens the table's first column.
    func makeRoom(forNames names: [String]) {
        let width = names.map(PredictionFormat.width).max() ?? 0
        state.withLock { $0.width = max($0.width, width) }
    }

    /// Writes one prediction.
    func write(_ prediction: Prediction) throws {
        makeRoom(forNames: [prediction.file])
        try state.withLock { state in
            guard !state.isClosed else { return }
            console.erase()
            try output(format.line(prediction, classes: classes, width: state.width))
            state.clips += 1
            state.seconds += prediction.seconds
            guard let computeSeconds = prediction.computeSeconds else { return state.cached += 1 }
            state.computedSeconds += prediction.seconds
            state.computeSeconds += computeSeconds
        }
    }

    /// Writes nothing any more; sums up on the console.
    public func close() {
        let summary = state.withLock { state in
            state.isClosed = true
            return Self.summary(state)
        }
        console.line(summary)
    }

    /// Sums up after a table; closes in any case.
    public func closeTable() {
        if format == .table { close() } else { console.erase() }
    }

    /// How many clips, how much audio, in what time: the sum of the clips' own times, and what that makes of a second of
    /// audio.
    private static func summary(_ state: State) -> String {
        let counts = "\(state.clips.clips), \(state.seconds.fixed(1)) s of audio"
        guard state.clips > state.cached else { return state.clips > 0 ? "\(counts), all cached" : counts }
        let factor = (state.computeSeconds / state.computedSeconds).fixed(3)
        let cached = state.cached > 0 ? ", \(state.cached) cached" : ""
        return "\(counts)\(cached); computed in \(state.computeSeconds.fixed(2)) s, real-time factor \(factor)"
    }
}
