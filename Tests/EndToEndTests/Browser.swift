import Foundation
import TestSupport
import Testing

/// A headless Chromium, where the machine has one, that opens a page and tells what a script found in it.
enum Browser {
    /// The program, by the names that Debian, Ubuntu and Google give it.
    static let program: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        let places = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        return places.first(where: FileManager.default.isExecutableFile).map { URL(fileURLWithPath: $0) }
    }()

    static let skipped: Comment = "needs a Chromium to open the page in"

    /// What stood in the element `result` when the page's scripts were done, and what the console said.
    struct Outcome {
        let result: String
        let console: [String]
    }

    /// Opens a page beside the report, which holds the report in a frame of the given width, and runs a script in it.
    ///
    /// - Parameter script: the body of an asynchronous function of `page`, the frame's document, and `view`, its window; what
    ///   it returns is the result, as JSON.
    static func open(_ report: URL, width: Int, isDark: Bool = false, running script: String) throws -> Outcome {
        let page = report.deletingLastPathComponent().appendingPathComponent("opened-\(width).html")
        let source = try String(contentsOf: report, encoding: .utf8)
        try Data(frame(around: source, width: width, script: script).utf8).write(to: page)
        defer { try? FileManager.default.removeItem(at: page) }
        // A browser that is short of time may close before the page's script has answered.
        for _ in 0..<3 {
            let outcome = try dump(page, isDark: isDark)
            if !outcome.result.isEmpty { return outcome }
        }
        return try dump(page, isDark: isDark)
    }

    private static func dump(_ page: URL, isDark: Bool) throws -> Outcome {
        let (output, errors) = try withTemporaryDirectory { profile in
            let arguments = [
                "--headless", "--no-sandbox", "--disable-gpu", "--mute-audio", "--enable-logging=stderr",
                "--user-data-dir=\(profile.path)", "--virtual-time-budget=20000", "--window-size=1600,1200",
                "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom", page.absoluteString,
            ]
            return try run(arguments, in: profile)
        }
        let found = output.firstMatch(of: /<pre id="result">(?<result>[^<]*)<\/pre>/).map { String($0.result) } ?? ""
        return Outcome(
            result: found.replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&amp;", with: "&"),
            console: errors.split(separator: "\n").map(String.init).filter { $0.contains(":CONSOLE") })
    }

    private static func frame(around source: String, width: Int, script: String) -> String {
        let escaped = source.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        return """
            <!DOCTYPE html><meta charset="utf-8"><pre id="result"></pre>
            <iframe id="frame" width="\(width)" height="1000" style="border: 0" srcdoc="\(escaped)"></iframe>
            <script>
            document.getElementById("frame").addEventListener("load", async () => {
              const view = document.getElementById("frame").contentWindow;
              const found = await (async (page, view) => { \(script) })(view.document, view);
              document.getElementById("result").textContent = JSON.stringify(found);
            });
            </script>
            """
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let files = ["output", "errors"].map { folder.appendingPathComponent($0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        return (texts[0], texts[1])
    }
}
