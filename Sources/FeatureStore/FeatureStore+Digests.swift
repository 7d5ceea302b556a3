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
        var results = paths.map { path in Result { try remembered[path]?.digestIfUnchanged(path: path) } }
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

    private func rememberedFiles(at paths: [String]) throws -> [String: HashedFile] {
        var remembered: [String: HashedFile] = [:]
        try read { database in
            let sql = "SELECT path, size, modified, changed, hashed, sha256 FROM files WHERE path IN"
            try database.fetchRows(sql, among: paths) { row in
                remembered[try row.decode(atIndex: 0)] = try HashedFile(row)
            }
        }
        return remembered
    }

    private func remember(_ hashed: [(path: String, result: Result<HashedFile, any Error>)]) throws {
        guard !hashed.isEmpty else { return }
        try write { database in
            let insertion = try database.makeStatement(
                sql: """
                    INSERT INTO files (path, size, modified, changed, hashed, sha256) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
                        changed = excluded.changed, hashed = excluded.hashed, sha256 = excluded.sha256
                    """)
            for case (let path, .success(let file)) in hashed {
                try insertion.execute(arguments: [
                    path, file.stamp.size, file.stamp.modified, file.stamp.changed, file.hashedAt, file.digest,
                ])
            }
        }
    }
}

extension HashedFile {
    fileprivate init(_ row: Row) throws {
        stamp = FileStamp(
            size: try row.decode(atIndex: 1), modified: try row.decode(atIndex: 2), changed: try row.decode(atIndex: 3))
        hashedAt = try row.decode(atIndex: 4)
        digest = try row.decode(atIndex: 5)
    }

    /// The digest, if the file is still as it was when it was hashed.
    fileprivate func digestIfUnchanged(path: String) throws -> Digest? {
        let present = try FileStamp(ofPath: path)
        return present == stamp && !stamp.isRacy(hashedAt: hashedAt) ? digest : nil
    }
}
