import Checkpoints
import Foundation

/// Where an encoder that a stage file or an option names is: there, or else in the Hugging Face cache.
///
/// A name is a path, whose last part may be one that `timbre fetch` knows, or `OWNER/NAME` of the hub. What is at the
/// path always wins.
struct EncoderPlace: Sendable, Equatable {
    /// As it was named, which is how reports and heads have it.
    let named: URL
    /// Where its files are.
    let directory: URL

    init(_ named: URL, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.named = named
        let isThere = FileManager.default.fileExists(atPath: named.path)
        directory = isThere ? named : Self.borrowed(named, environment) ?? named
    }

    /// Says that the encoder is used where another program keeps it; nil where it is not.
    var remark: String? {
        directory == named ? nil : "\(named.relativePath) is not there; using \(directory.path)"
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: directory.path) }

    /// What an encoder's folder lacks, whatever its files hold; nothing where it is whole.
    static func missing(in folder: URL) -> [String] {
        let settings = ["config.json", "preprocessor_config.json"].filter {
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
        let weights = try? Checkpoint.weightsFile(in: folder)
        return settings + (weights == nil ? ["model.safetensors or pytorch_model.bin"] : [])
    }

    private static func borrowed(_ named: URL, _ environment: [String: String]) -> URL? {
        let cache = HuggingFaceCache(environment)
        if let known = HubEncoder.all.first(where: { $0.name == named.lastPathComponent }) {
            return cache.encoder(known.repository, preferring: known.pinned?.commit)
        }
        let parts = named.relativePath.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(isHubName) else { return nil }
        return cache.encoder(named.relativePath)
    }

    private static func isHubName(_ text: Substring) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && !text.contains("--")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
