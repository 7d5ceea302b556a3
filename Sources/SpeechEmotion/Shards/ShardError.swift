import Diagnosis

/// What can be wrong with a share of the work or its file.
public enum ShardError: Error, Equatable, Sendable {
    /// The file holds another share, or one of other work.
    case otherShare(file: String, found: String, expected: String)
    /// The structures of the file are damaged.
    case damaged(file: String, reason: String)
    /// Heads cannot be trained because the cache lacks embeddings.
    case notEmbedded(stage: String, cache: String, clips: Int)
    /// The cache that heads are trained from cannot be read as it should be, perhaps because another process writes it.
    case cacheInUse(cache: String, reason: String)
    /// Not all of what was to be merged was: what is wrong, a line each; `isMissing` where files are but not there.
    case unmerged(cache: String, problems: [String], remedies: [String], isMissing: Bool)
    /// The cache was to be merged into itself.
    case ownCache(file: String)
}

extension ShardError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .otherShare(let file, let found, let expected):
            return Diagnosis(
                "the file holds another share of the work", place: file, found: found, expected: expected,
                remedy: "name another --output, or remove the file", exit: .usage)
        case .damaged(let file, let reason):
            return Diagnosis(
                "the shard is damaged", place: file, found: reason, expected: "a database that SQLite finds sound",
                remedy: "rm \(Diagnosis.shellWord(file)), and make it again", exit: .badData)
        case .notEmbedded(let stage, let cache, let clips):
            return Diagnosis(
                "stage \"\(stage)\" has not embedded \(clips.clips)", place: cache,
                found: "\(clips.clips) without a row", expected: "a cache into which the shards have been merged",
                remedy:
                    "timbre cache merge --cache \(Diagnosis.shellWord(cache)) FILE…, or, to leave out clips that cannot "
                    + "be used, --keep-going",
                exit: .missingInput)
        case .cacheInUse(let cache, let reason):
            return Diagnosis(
                "the cache cannot be read while heads are trained from it", place: cache, found: reason,
                expected: "a cache that no other process writes meanwhile",
                remedy:
                    "try again when no other pipeline uses it; if that does not help, "
                    + "timbre cache verify --cache \(Diagnosis.shellWord(cache))",
                exit: .inputOutput)
        case .unmerged(let cache, let problems, let remedies, let isMissing):
            return Diagnosis(
                "not everything could be merged", place: cache, found: Self.listed(problems),
                expected: "every shard of a set, complete, and one value for each key",
                remedy: remedies.isEmpty
                    ? "make what is damaged again, or leave its file out of the merge" : Self.listed(remedies),
                exit: isMissing ? .missingInput : .badData)
        case .ownCache(let file):
            return Diagnosis(
                "a cache cannot be merged into itself", place: file, found: "the cache among the files",
                expected: "files of shards", remedy: "leave it out", exit: .usage)
        }
    }

    /// A line each of the first: a hostile file may have a million rows that are not sound.
    private static func listed(_ lines: [String]) -> String {
        let most = 40
        let rest = lines.count > most ? ["and \(lines.count - most) more"] : []
        return (lines.prefix(most) + rest).joined(separator: "\n")
    }
}
