import Diagnosis
import Foundation

/// Standard output, to which results go: each piece at once, so that none is lost unnoticed when the program ends.
public enum StandardOutput {
    /// Writes lines and the end of the last, in which no name out of a stranger's file steers the terminal.
    ///
    /// - throws: ``CommandError/standardOutput(reason:)``.
    public static func line(_ text: String) throws { try write(Diagnosis.printable(text) + "\n") }

    /// Writes a text as it is.
    ///
    /// - throws: ``CommandError/standardOutput(reason:)``.
    public static func write(_ text: String) throws {
        if let code = writeAll(Array(text.utf8)[...], to: STDOUT_FILENO) {
            if code == EPIPE { Interruption.endWithoutReader() }
            throw CommandError.standardOutput(reason: systemReason(ofCode: code))
        }
    }
}

/// Standard error, to which progress and errors go: a log on a full disk must not end a run.
public enum StandardError {
    /// Writes a text, or does not.
    public static func write(_ text: String) {
        if writeAll(Array(text.utf8)[...], to: STDERR_FILENO) == EPIPE { Interruption.endWithoutReader() }
    }
}

/// Writes all bytes to an open file; the system's error number where that fails.
func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32? {
    var rest = bytes
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
            rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
            var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&wait, 1, -1)
        } else if errno != EINTR {
            return errno
        }
    }
    return nil
}
