import Downloads
import Foundation

/// Where the Hugging Face hub is, and who asks it: `HF_ENDPOINT`, `HF_TOKEN`.
struct HubEndpoint: Sendable {
    static let variable = "HF_ENDPOINT"

    /// Without a slash at its end.
    let address: String
    let token: String?

    init(_ environment: [String: String]) {
        let named = environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
        address = String(named.reversed().drop { $0 == "/" }.reversed())
        let secret = environment["HF_TOKEN"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        // A secret is one word; anything else would be other headers.
        token = !secret.isEmpty && secret.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } ? secret : nil
    }

    func url(of file: String, in repository: String, at revision: String) -> String {
        "\(address)/\(repository)/resolve/\(revision)/\(file)"
    }

    /// The files of an encoder as they are pinned, or as the hub states them now.
    ///
    /// - throws: ``FetchError``, `DownloadError`.
    func files(of encoder: HubEncoder, patience: Patience, byHand: String, console: Console) throws -> [FetchedFile] {
        guard let pinned = encoder.pinned else {
            return try statedFiles(of: encoder, patience: patience, byHand: byHand, console: console)
        }
        console.line("\(encoder.repository), revision \(pinned.commit)")
        return HubEncoder.files.map { name in
            guard let file = pinned.files[name] else { preconditionFailure("a digest of \(name) expected, found none") }
            return FetchedFile(
                name: name, url: url(of: name, in: encoder.repository, at: pinned.commit), size: file.size,
                digest: file.digest)
        }
    }

    private func statedFiles(of encoder: HubEncoder, patience: Patience, byHand: String, console: Console) throws
        -> [FetchedFile]
    {
        var revision = "main"
        return try HubEncoder.files.map { name in
            let url = url(of: name, in: encoder.repository, at: revision)
            let statement = try statement(of: url, patience: patience, byHand: byHand, console: console)
            guard let digest = statement.digest else { throw FetchError.noStatement(url: url) }
            let file = FetchedFile(name: name, url: url, size: statement.size, digest: digest)
            if let size = file.size, size > file.limit {
                throw FetchError.implausibleSize(url: url, found: size, limit: file.limit)
            }
            if revision == "main" {
                if let commit = statement.commit { revision = commit }
                console.line("\(encoder.repository), main, which is revision \(statement.commit ?? "unknown")")
                console.line("  its digests are the hub's own word: Timbre has none of its own to hold against them")
            }
            console.line("  \(name): \(digest)")
            return FetchedFile(
                name: name, url: self.url(of: name, in: encoder.repository, at: revision), size: statement.size,
                digest: digest)
        }
    }

    private func statement(of url: String, patience: Patience, byHand: String, console: Console) throws -> HubStatement
    {
        guard let address = WebAddress(url) else {
            throw DownloadError.notAnAddress(text: self.address, named: Self.variable)
        }
        do {
            return try HubStatement(of: address, token: token, patience: patience) { console.line("  \($0)") }
        } catch let error as DownloadError {
            throw FetchError.download(error, byHand: byHand)
        }
    }
}
