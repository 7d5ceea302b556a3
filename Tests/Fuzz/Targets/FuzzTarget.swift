import CFuzzWatch
import Diagnosis
import Foundation

/// A reader of untrusted bytes, as a fuzzer calls it.
///
/// The reader may take the bytes or refuse them with an error that has a diagnosis. Anything else ends the process: a trap,
/// another error, a second of processor time, more memory than a multiple of the bytes.
public struct FuzzTarget: Sendable {
    /// What the folders of its seeds, finds and words are called.
    public let name: String
    /// The most bytes that it is given.
    public let longest: Int
    /// What it may allocate however few the bytes are.
    private let fixedBytes: Int
    /// What it may allocate for each byte, in bytes.
    private let multiple: Int
    private let read: @Sendable (Data) throws -> Void

    init(
        _ name: String, longest: Int = 1 << 16, fixedBytes: Int = 1 << 20, multiple: Int = 64,
        _ read: @escaping @Sendable (Data) throws -> Void
    ) {
        self.name = name
        self.longest = longest
        self.fixedBytes = fixedBytes
        self.multiple = multiple
        self.read = read
    }

    /// What one reading took.
    public struct Use: Sendable {
        /// The most that was allocated at one moment.
        public let bytes: Int
        /// Processor time.
        public let seconds: Double
        /// Whether the reader took the bytes.
        public let isTaken: Bool
    }

    /// The processor time that a reading may take, in seconds: a sanitizer's program is slower.
    private static let longestReading = ProcessInfo.processInfo.environment["TIMBRE_SANITIZER"] == nil ? 1.0 : 20.0

    /// Gives the reader some bytes and ends the process where it does not behave.
    @discardableResult
    public func run(_ bytes: Data) -> Use {
        fuzz_watch_begin(fixedBytes + multiple * bytes.count, Self.longestReading)
        let isTaken = isTaken(bytes)
        let use = fuzz_watch_end()
        return Use(bytes: use.bytes, seconds: use.seconds, isTaken: isTaken)
    }

    private func isTaken(_ bytes: Data) -> Bool {
        do {
            try read(bytes)
            return true
        } catch let error as any DiagnosableError {
            Self.check(error.diagnosis, of: error)
            return false
        } catch {
            fatalError("an error without a diagnosis: \(error)")
        }
    }

    /// Ends the process with a message, also in an optimised build, where `precondition` has none.
    static func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
        if !condition { fatalError(message()) }
    }

    /// A message says something, and is no file that has to be scrolled past.
    private static func check(_ diagnosis: Diagnosis, of error: any Error) {
        let (message, most) = (diagnosis.description, 1 << 16)
        expect(!diagnosis.what.isEmpty && diagnosis.exit != .internalFault, "a bad diagnosis: \(message)")
        expect(message.utf8.count <= most, "a message of \(message.utf8.count) bytes: \(type(of: error))")
    }
}
