import Downloads
import Drafts
import Foundation

/// Gets an encoder from the Hugging Face hub: `timbre fetch wav2vec2-base`.
public struct EncoderFetch {
    let encoder: HubEncoder
    let cache: URL
    let environment: [String: String]
    let console: Console
    var patience = Patience()

    /// - Parameter cache: Where `encoders/NAME` is to be.
    public init(_ encoder: HubEncoder, cache: URL, environment: [String: String], console: Console) {
        (self.encoder, self.cache, self.environment, self.console) = (encoder, cache, environment, console)
    }

    private var place: URL { cache.appendingPathComponent("encoders").appendingPathComponent(encoder.name) }

    /// Says where an encoder of that name is, if it is there and whole, whatever its weights.
    ///
    /// - throws: ``FetchError/notThere(place:name:)``, ``FetchError/encoderNotWhole(place:name:missing:)``.
    public func found() throws -> String {
        let found = EncoderPlace(place, environment: environment)
        guard found.isThere else { throw FetchError.notThere(place: place.relativePath, name: encoder.name) }
        let missing = EncoderPlace.missing(in: found.directory)
        guard missing.isEmpty else {
            throw FetchError.encoderNotWhole(place: place.relativePath, name: encoder.name, missing: missing)
        }
        return found.remark ?? "\(place.relativePath) is there"
    }

    /// Downloads what is missing of the encoder, checks it, and puts it into its place.
    ///
    /// - throws: ``FetchError``, ``CommandError/cannotWrite(path:reason:)``.
    public func run() throws -> String {
        if let whole = try whole() { return "\(whole); nothing to do" }
        let shelf = try DownloadShelf(of: encoder.name, cache: cache, patience: patience, console: console)
        // Another process may have been at it meanwhile.
        if let whole = try whole() { return "\(whole); nothing to do" }
        let endpoint = HubEndpoint(environment)
        let byHand = byHand(on: shelf, endpoint)
        let files = try endpoint.files(of: encoder, patience: patience, byHand: byHand, console: console)
        let missing = try files.filter { try !isThere($0) }
        for file in missing where try !shelf.holds(file) {
            try shelf.download(file, token: endpoint.token, urlNamed: HubEndpoint.variable, byHand: byHand)
        }
        try move(missing, from: shelf)
        shelf.tidy()
        return "\(place.relativePath): \(encoder.repository)"
    }

    /// Where the whole encoder is, if it is: in the project, or in the Hugging Face cache.
    private func whole() throws -> String? {
        let found = EncoderPlace(place, environment: environment)
        guard found.isThere else { return nil }
        if let remark = found.remark { return isPublished(found.directory) ? remark : nil }
        let strange = place.appendingPathComponent("model.safetensors")
        guard !FileManager.default.fileExists(atPath: strange.path) else {
            throw FetchError.inTheWay(
                place: place.relativePath, found: "model.safetensors, which would be taken for its weights",
                expected: "\(HubEncoder.files.joined(separator: ", ")), or nothing")
        }
        let names = HubEncoder.files.filter { FileManager.default.fileExists(atPath: path($0).path) }
        guard names.count == HubEncoder.files.count else { return nil }
        guard let pinned = encoder.pinned else { return "\(place.relativePath) is there, and left as it is" }
        console.line("\(place.relativePath) is there; checking it")
        for name in names {
            if let file = pinned.files[name] {
                try check(name, FetchedFile(name: name, url: "", size: file.size, digest: file.digest))
            }
        }
        return "\(place.relativePath) is \(encoder.repository), revision \(pinned.commit)"
    }

    private func path(_ name: String) -> URL { place.appendingPathComponent(name) }

    /// Whether the files of a folder are those that are pinned, if any are.
    private func isPublished(_ folder: URL) -> Bool {
        guard let pinned = encoder.pinned else { return true }
        console.line("\(folder.path) is there; checking it")
        return pinned.files.allSatisfy { name, file in
            FetchedFile(name: name, url: "", size: file.size, digest: file.digest).isAt(
                folder.appendingPathComponent(name))
        }
    }

    /// Whether a file is in its place; what stands there has to be it.
    private func isThere(_ file: FetchedFile) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path(file.name).path) else { return false }
        try check(file.name, file)
        return true
    }

    private func check(_ name: String, _ file: FetchedFile) throws {
        do {
            try file.check(path(name))
        } catch FetchError.otherFile(_, let found, let expected) {
            throw FetchError.inTheWay(
                place: place.relativePath, found: "\(name) of \(found)", expected: "\(name) of \(expected)")
        }
    }

    private func byHand(on shelf: DownloadShelf, _ endpoint: HubEndpoint) -> String {
        let revision = encoder.pinned?.commit ?? "main"
        let page = "\(endpoint.address)/\(encoder.repository)/tree/\(revision)"
        return """
            or download \(HubEncoder.files.joined(separator: ", ")) of \(WebAddress(page)?.description ?? page)
            elsewhere, put them into \(place.relativePath)/ and run `timbre fetch \(encoder.name)` again. A stage file's
            `timbre check` then says "encoder   \(place.relativePath): \(checkedWords)"
            """
    }

    /// How `timbre check` names what was fetched.
    private var checkedWords: String {
        let weights = encoder.pinned?.files["pytorch_model.bin"]?.digest.hex
        let identity = weights.flatMap(KnownEncoders.identity(ofWeights:))
        return (identity.map { .published($0) } ?? EncoderOrigin.unrecognised).words
    }

    /// Puts files into a folder that is there; otherwise the folder appears with all of them in it.
    private func move(_ files: [FetchedFile], from shelf: DownloadShelf) throws {
        try OwnFolder.make(place.deletingLastPathComponent(), within: cache)
        try Project.writing(place) {
            if FileManager.default.fileExists(atPath: place.path) {
                for file in files { try FileManager.default.moveItem(at: shelf.place(of: file), to: path(file.name)) }
            } else {
                let draft = try Draft.folder(in: place.deletingLastPathComponent())
                // What was downloaded outlives a kill before the draft is published.
                for file in files { try Self.link(shelf.place(of: file), draft.url.appendingPathComponent(file.name)) }
                try draft.publish(to: place)
                for file in files { try? FileManager.default.removeItem(at: shelf.place(of: file)) }
            }
        }
    }

    /// A second name, or where the file system has none, a copy.
    private static func link(_ file: URL, _ name: URL) throws {
        // What was put there by hand may be a link, which leads elsewhere from another place.
        let file = file.resolvingSymlinksInPath()
        if Foundation.link(file.path, name.path) != 0 { try FileManager.default.copyItem(at: file, to: name) }
    }
}
