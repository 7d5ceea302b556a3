import Foundation
import GRDB

extension FeatureStore {
    /// The digest of every file's content, in the order of `files`; one that cannot be read has its error there.
    ///
    /// A digest is remembered by path, size and times; only files that are new or changed are read, `workers` at a time.
    /// One that was written within two seconds of its hashing is read again, because its next change might not show.
    /// Trouble with the database costs only the remembering: the next call that needs it reports it.
    public func digests(of files: [URL], workers: Int) -> [Result<Digest, any Error>] {
        precondition(workers > 0, "expected at least one worker, got \(workers)")
        let paths = files.map(\.path)
        let remembered = (try? rememberedFiles(at: paths)) ?? [:]
        var results = paths.map { path in Result { try remembered[Array(path.utf8)]?.digestIfUnchanged(path: path) } }
        let stale = results.indices.filter { if case .success(nil) = results[$0] { true } else { false } }
        let hashed = hashFiles(stale.map { paths[$0] }, workers: workers)
        for (index, result) in zip(stale, hashed) { results[index] = result.map(\.digest) }
        if !isReadOnly { try? remember(zip(stale, hashed).map { (paths[$0], $1) }) }
        return results.map { result in
            result.map { digest in
                guard let digest else { preconditionFailure("expected every file to be hashed or remembered") }
                return digest
            }
        }
    }

    /// The digest of every file that is remembered, by its path, whether or not it is still there.
    public func rememberedDigests() throws -> [String: Digest] {
        var digests: [String: Digest] = [:]
        try read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT \(fileColumns) FROM files")
            while let row = try rows.next() {
                if let (path, file) = soundFile(in: row) { digests[path] = file.digest }
            }
        }
        return digests
    }

    /// The files whose rows are sound, by the bytes of their paths: two texts that look the same are equal, the files that
    /// they name are not.
    private func rememberedFiles(at paths: [String]) throws -> [[UInt8]: HashedFile] {
        var remembered: [[UInt8]: HashedFile] = [:]
        try read { database in
            try database.fetchRows("SELECT \(fileColumns) FROM files WHERE path IN", among: paths) { row in
                if let (path, file) = soundFile(in: row) { remembered[Array(path.utf8)] = file }
            }
        }
        guard let elder else { return remembered }
        // Trouble with a store that is only asked for what it remembers costs the remembering.
        let elders = (try? elder.rememberedFiles(at: paths.filter { remembered[Array($0.utf8)] == nil })) ?? [:]
        return remembered.merging(elders) { own, _ in own }
    }

    func remember(_ hashed: [(path: String, result: Result<HashedFile, any Error>)]) throws {
        guard !hashed.isEmpty else { return }
        try write { database in
            for case (let path, .success(let file)) in hashed { try database.insert(file, path: path) }
        }
    }
}

extension Database {
    /// Keeps a file's digest, in the place of an earlier one.
    func insert(_ file: HashedFile, path: String) throws {
        let insertion = try cachedStatement(
            sql: """
                INSERT INTO files (\(fileColumns)) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
                    changed = excluded.changed, hashed = excluded.hashed, sha256 = excluded.sha256,
                    checksum = excluded.checksum
                """)
        try insertion.execute(arguments: [
            path, file.stamp.size, file.stamp.modified, file.stamp.changed, file.hashedAt, file.digest,
            file.checksum(of: path),
        ])
    }
}

/// What ``soundFile(in:)`` reads, in its order.
let fileColumns = "path, size, modified, changed, hashed, sha256, checksum"

/// The file in a row of ``fileColumns``; nil when it is not what was stored.
func soundFile(in row: Row) -> (path: String, file: HashedFile)? {
    guard let path = try? row.decode(String.self, atIndex: 0), let file = try? HashedFile(row),
        let checksum = try? row.decode(Data.self, atIndex: 6), checksum == file.checksum(of: path)
    else { return nil }
    return (path, file)
}

extension HashedFile {
    fileprivate init(_ row: Row) throws {
        stamp = FileStamp(
            size: try row.decode(atIndex: 1), modified: try row.decode(atIndex: 2), changed: try row.decode(atIndex: 3))
        hashedAt = try row.decode(atIndex: 4)
        digest = try row.decode(atIndex: 5)
    }

    fileprivate func checksum(of path: String) -> Data {
        var checksum = RowChecksum(of: "files")
        checksum.add(path)
        [stamp.size, stamp.modified, stamp.changed, hashedAt].forEach { checksum.add(Int($0)) }
        checksum.add(digest)
        return checksum.value
    }

    /// The digest, if the file is still as it was when it was hashed.
    fileprivate func digestIfUnchanged(path: String) throws -> Digest? {
        let present = try FileStamp(ofPath: path)
        return present == stamp && !stamp.isRacy(hashedAt: hashedAt) ? digest : nil
    }
}
