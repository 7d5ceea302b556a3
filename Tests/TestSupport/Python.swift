import Foundation

/// The Python that reads what Timbre wrote: `python3`, or what the environment variable `PYTHON` names.
public enum Python {
    /// What Python said when it failed.
    public struct Failure: Error, CustomStringConvertible {
        /// Its standard error.
        public let description: String
    }

    private static let program = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"

    /// Whether all of these modules can be imported.
    public static func has(_ modules: String...) -> Bool {
        let statement = "import \(modules.joined(separator: ", "))"
        return (try? run(["-c", statement], in: FileManager.default.temporaryDirectory)) != nil
    }

    /// Runs Python in a directory and returns what it printed; a status other than 0 throws what it said.
    public static func run(_ arguments: [String], in directory: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONIOENCODING": "utf-8"]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: said) }
        return text
    }
}
