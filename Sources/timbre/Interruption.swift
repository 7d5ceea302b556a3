import Dispatch
import Foundation

/// Ends the program in order on SIGINT and SIGTERM, with the exit code that shells give: 128 and the signal's number.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter conclude: runs before the end, while workers may still be at their clips.
    init(_ conclude: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                conclude()
                // Not `exit`: what that tears down the workers still use. All output is written.
                _exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
