import Downloads
import Drafts
import Foundation
import Reports
import Unpacking

/// Gets the speech part of RAVDESS: `timbre fetch ravdess`.
public struct RavdessFetch {
    /// What it is called on the command line and in the cache.
    public static let name = "ravdess"
    /// The environment variable that names another place of the same archive.
    static let variable = "TIMBRE_RAVDESS_URL"

    /// The archive that Zenodo record 1188976 offers.
    static let published = FetchedFile(
        name: "Audio_Speech_Actors_01-24.zip",
        url: "https://zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip?download=1", size: 208_468_073,
        digest: ContentDigest(.md5, "bc696df654c87fed845eb13823edef8a"))

    /// The most that the clips may take up: the published ones are 590 MB.
    private static let largest = 2_000_000_000

    let archive: FetchedFile
    let clips: [String]
    let cache: URL
    let console: Console
    var patience = Patience()

    /// - Parameter cache: Where `corpora/ravdess` is to be.
    public init(cache: URL, environment: [String: String], console: Console) {
        let published = Self.published
        let archive = FetchedFile(
            name: published.name, url: environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 } ?? published.url,
            size: published.size, digest: published.digest)
        self.init(archive, clips: RavdessName.all.map(\.path), cache: cache, console: console)
    }

    init(_ archive: FetchedFile, clips: [String], cache: URL, console: Console) {
        (self.archive, self.clips, self.cache, self.console) = (archive, clips, cache, console)
    }

    private var place: URL { cache.appendingPathComponent("corpora").appendingPathComponent(Self.name) }

    /// What there is of the corpus: nil where it is whole, and otherwise how many clips are missing.
    private var missing: Int? { missing(in: place) }

    /// How many clips a folder lacks, or has without a byte; nil for none.
    private func missing(in folder: URL) -> Int? {
        let count = clips.count { clip in
            var status = stat()
            return stat(folder.appendingPathComponent(clip).path, &status) != 0 || status.st_size == 0
        }
        return count == 0 ? nil : count
    }

    /// Says where the corpus is, if it is there and whole.
    ///
    /// - throws: ``FetchError/notThere(place:name:)``, ``FetchError/corpusNotWhole(place:name:found:of:)``.
    public func found() throws -> String {
        if missing == nil { return "\(place.relativePath): all \(clips.count) clips are there" }
        guard let found = obstacle else { throw FetchError.notThere(place: place.relativePath, name: Self.name) }
        throw FetchError.corpusNotWhole(place: place.relativePath, name: Self.name, found: found, of: clips.count)
    }

    /// Downloads the archive, unless it is there or given, checks it, and unpacks it into its place.
    ///
    /// - Parameter given: an archive that was downloaded by hand.
    /// - throws: ``FetchError``, `ArchiveError`, ``CommandError/cannotWrite(path:reason:)``.
    public func run(from given: URL? = nil) throws -> String {
        if missing == nil { return "\(try found()); nothing to do" }
        try checkRoom()
        CorpusSource.ravdess.terms.forEach { console.line($0) }
        let shelf = try DownloadShelf(of: Self.name, cache: cache, patience: patience, console: console)
        // Another process may have been at it meanwhile.
        if missing == nil { return "\(try found()); nothing to do" }
        let (file, isOurs) = try archiveFile(given, on: shelf)
        try unpack(file)
        if isOurs { try? FileManager.default.removeItem(at: file) }
        shelf.tidy()
        return "\(place.relativePath): \(clips.count) clips"
    }

    /// The archive, and whether Timbre has downloaded it, in this run or an earlier one.
    private func archiveFile(_ given: URL?, on shelf: DownloadShelf) throws -> (file: URL, isOurs: Bool) {
        if let given {
            try archive.check(given)
            return (given, false)
        }
        if try shelf.holds(archive) { return (shelf.place(of: archive), false) }
        // An interruption while it is unpacked must not leave what the next run would take for a user's.
        let file = try shelf.download(
            archive, urlNamed: Self.variable, byHand: byHand(on: shelf), publishing: false)
        return (file, true)
    }

    private func byHand(on shelf: DownloadShelf) -> String {
        """
        or download it elsewhere, put it at \(shelf.place(of: archive).relativePath) (\(archive.words)) and run
        `timbre fetch \(Self.name)` again; or give it with --from FILE. When it is unpacked,
        `timbre check pipelines/ravdess-speaker-cv.yaml` says "\(Self.checkedWords)"
        """
    }

    /// The first line of what `timbre check` says of the whole corpus.
    static let checkedWords = "clips     1440, 5329.0 s in all"

    /// Nothing that a user has put in the corpus's place is replaced.
    private func checkRoom() throws {
        guard let found = obstacle else { return }
        throw FetchError.inTheWay(
            place: place.relativePath, found: found, expected: "all \(clips.count) clips, or nothing")
    }

    /// What stands in the corpus's place and is not written over, in words; nil for nothing and for an empty folder.
    private var obstacle: String? {
        var status = stat()
        guard lstat(place.path, &status) == 0 else { return nil }
        let names = try? FileManager.default.contentsOfDirectory(atPath: place.path)
        if status.st_mode & S_IFMT == S_IFDIR, names?.isEmpty == true { return nil }
        return names == nil
            ? "something that is no directory" : "\(clips.count - (missing ?? 0)) of \(clips.count) clips"
    }

    private func unpack(_ file: URL) throws {
        let contents = try Archive(contentsOf: file, limit: Self.largest)
        let names = Set(contents.names)
        let absent = clips.filter { !names.contains($0) }
        guard absent.isEmpty else {
            throw FetchError.incompleteArchive(file: file.relativePath, missing: absent, of: clips.count)
        }
        if names.count > clips.count {
            console.line("  \(counted(names.count - clips.count, "other file")) in the archive left alone")
        }
        let parent = place.deletingLastPathComponent()
        try OwnFolder.make(parent, within: cache)
        let draft = try Project.writing(place) { try Draft.folder(in: parent) }
        let progress = Progress(
            "unpacking", total: clips.count, of: "clip", done: "unpacked", isKept: false, console: console)
        try contents.unpack(clips, into: draft.url) { progress.advance() }
        guard missing(in: draft.url) == nil else {
            throw CommandError.cannotWrite(
                path: draft.url.relativePath, reason: "another process removes what this one unpacks")
        }
        // The archive goes next.
        try Project.writing(place) { try draft.publishForGood(to: place) }
        console.line("  unpacked \(progress.summary())")
    }
}

extension CorpusSource {
    /// What is to be known before the corpus is fetched, line by line.
    fileprivate var terms: [String] {
        [name, "licence: \(licence)"] + (citation.map { ["to be cited as: \($0)"] } ?? [])
    }
}
