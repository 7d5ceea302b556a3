import Downloads
import Foundation

/// Where what is downloaded lies until it is in its place, and where a user may put what was downloaded by hand.
struct DownloadShelf {
    /// `downloads/NAME` in the cache.
    let folder: URL
    let patience: Patience
    let console: Console
    private let lock: FolderLock

    /// Waits until no other process downloads the same.
    ///
    /// - throws: ``CommandError/cannotWrite(path:reason:)``.
    init(of name: String, cache: URL, patience: Patience, console: Console) throws {
        folder = cache.appendingPathComponent("downloads").appendingPathComponent(name)
        self.patience = patience
        self.console = console
        if !FileManager.default.fileExists(atPath: cache.path) { try Project.create(cache) }
        try OwnFolder.make(folder, within: cache)
        lock = FolderLock.waited(for: folder, console: console)
    }

    func place(of file: FetchedFile) -> URL { folder.appendingPathComponent(file.name) }

    /// Whether somebody, or an earlier run, has put the file there; it then has to be the right one.
    ///
    /// - throws: ``FetchError/otherFile(file:found:expected:)``.
    func holds(_ file: FetchedFile) throws -> Bool {
        let place = place(of: file)
        guard FileManager.default.fileExists(atPath: place.path) else { return false }
        console.line("\(place.relativePath) is there already; checking it")
        try file.check(place)
        return true
    }

    /// Downloads a file to the shelf.
    ///
    /// - Parameters:
    ///   - byHand: how to do without, should that fail.
    ///   - publishing: whether it gets the name under which a user would put it there; without, the next run knows that
    ///     it is Timbre's own.
    /// - Returns: where it is.
    /// - throws: ``FetchError/download(_:byHand:)``.
    @discardableResult
    func download(
        _ file: FetchedFile, token: String? = nil, urlNamed variable: String, byHand: String, publishing: Bool = true
    ) throws -> URL {
        guard let address = WebAddress(file.url) else {
            throw DownloadError.notAnAddress(text: file.url, named: variable)
        }
        let progress = ByteProgress(file.name, total: file.size, console: console)
        console.line("downloading \(address)")
        var result = place(of: file)
        do {
            let download = Download(
                from: address, to: result, size: file.size, limit: file.limit, digest: file.digest, token: token,
                patience: patience)
            let listener = Download.Listener(
                advance: { progress.advance(to: $0) }, tell: { [console] in console.line("  \($0)") })
            if publishing { try download.run(listener) } else { result = try download.runUnpublished(listener) }
        } catch let error as DownloadError {
            throw FetchError.download(error, byHand: byHand)
        }
        console.line("  \(progress.summary()), \(file.digest.kind.rawValue) as it should be")
        return result
    }

    /// Removes the folders that have become empty.
    func tidy() {
        for folder in [folder, folder.deletingLastPathComponent()] { rmdir(folder.path) }
    }
}
