import Checkpoints
import Foundation

/// What other programs have downloaded from the Hugging Face hub: `models--OWNER--NAME/{refs,snapshots/REVISION}`.
///
/// Source: "Understand caching" in the documentation of `huggingface_hub`.
struct HuggingFaceCache: Sendable {
    private let hub: URL

    /// The place that `HF_HUB_CACHE`, `HF_HOME`, `XDG_CACHE_HOME` or else the home directory tells.
    init(_ environment: [String: String]) {
        func folder(_ variable: String) -> URL? {
            environment[variable].flatMap { $0.isEmpty ? nil : $0 }.map {
                URL(fileURLWithPath: NSString(string: $0).expandingTildeInPath)
            }
        }
        let home = folder("HOME") ?? FileManager.default.homeDirectoryForCurrentUser
        let general = folder("XDG_CACHE_HOME") ?? home.appendingPathComponent(".cache")
        hub =
            folder("HF_HUB_CACHE")
            ?? (folder("HF_HOME") ?? general.appendingPathComponent("huggingface")).appendingPathComponent("hub")
    }

    /// The folder of a whole encoder: at the wanted revision, or else at the one that is called `main`.
    func encoder(_ repository: String, preferring revision: String? = nil) -> URL? {
        let model = hub.appendingPathComponent("models--" + repository.replacing("/", with: "--"))
        return [revision, main(of: model)].compactMap { $0 }.map {
            model.appendingPathComponent("snapshots").appendingPathComponent($0)
        }.first { EncoderPlace.missing(in: $0).isEmpty }
    }

    /// What `main` was when it was last asked for.
    private func main(of model: URL) -> String? {
        let file = model.appendingPathComponent("refs").appendingPathComponent("main")
        let bytes = try? RegularFile.contents(of: file, atMost: 1 << 10)
        let text = bytes.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
        return text.flatMap { $0.count == 40 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } ? $0 : nil }
    }
}
