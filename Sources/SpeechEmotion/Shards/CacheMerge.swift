import Diagnosis
import FeatureStore
import Foundation
import Reports

/// Brings shards, or other caches, into a project's cache: the `cache merge` command.
///
/// Each file is only read, and may lie where nothing can be written. What is wrong with one file keeps no other from being
/// merged; all of it is told at the end.
public struct CacheMerge {
    private let project: Project
    private let console: Console
    private var merge = StoreMerge()
    private var problems: [String] = []
    private var remedies: [String] = []
    private var notes: [String] = []
    private var isOnlyMissing = true
    private var shards: [(file: String, manifest: ShardManifest)] = []
    private let start = ContinuousClock.now

    /// Merges the files, in any order, and returns what came of it, or throws it where not all is well.
    ///
    /// - throws: ``ShardError/ownCache(file:)`` before anything is merged;
    ///   ``ShardError/unmerged(cache:problems:remedies:isMissing:)`` once everything else has been; `FeatureStoreError` where
    ///   the cache itself cannot be written, which stops the merge.
    public static func run(_ files: [URL], into project: Project, console: Console) throws -> String {
        for file in files where isSame(file, project.store.file) {
            throw ShardError.ownCache(file: file.relativePath)
        }
        var merge = CacheMerge(project: project, console: console)
        for file in files { try merge.take(file) }
        // Shares of heads read the cache without its log.
        try project.store.settle()
        merge.lookForMissingShards()
        for line in merge.lines { try StandardOutput.line(line) }
        guard merge.problems.isEmpty else {
            throw ShardError.unmerged(
                cache: project.cache.relativePath, problems: merge.problems, remedies: merge.remedies,
                isMissing: merge.isOnlyMissing)
        }
        return merge.verdict
    }

    private init(project: Project, console: Console) {
        (self.project, self.console) = (project, console)
        console.follow { command in "rows merged so far are kept; the next `\(command)` goes on from there" }
    }

    private mutating func take(_ file: URL) throws {
        let name = file.relativePath
        let source: FeatureStore
        do {
            source = try FeatureStore(at: file, access: Self.access(to: file))
        } catch FeatureStoreError.absent where !FileManager.default.fileExists(atPath: file.path) {
            return missing("\(name): no such file")
        } catch FeatureStoreError.absent {
            return unfinished(name, "empty: its writer was killed before it wrote")
        } catch FeatureStoreError.cutOff {
            return unfinished(name, "half written: its writer was killed in a transaction")
        } catch let error as FeatureStoreError {
            return broken("\(name): \(Self.reason(error))")
        }
        do {
            try merge(source, name)
        } catch let error as FeatureStoreError where Self.place(of: error) == source.file.path {
            broken("\(name): \(Self.reason(error))")
        }
    }

    private mutating func merge(_ source: FeatureStore, _ name: String) throws {
        var found = StoreMerge()
        // What was read before a file failed is merged, and what was found in it is told.
        defer { tell(found, name) }
        let (console, started) = (console, ContinuousClock.now)
        var lastTold = started
        try project.store.merge(source, into: &found) { merge in
            guard lastTold.duration(to: .now) > .seconds(console.redraws ? 1 : 15) else { return }
            lastTold = .now
            let text = "  merging \(name)  \(merge.rows) rows\(Self.rates(merge, since: started))"
            if console.redraws { console.live(text) } else { console.line(text) }
        }
        try look(into: source, name, damaged: found.damagedKeys)
    }

    private mutating func tell(_ found: StoreMerge, _ name: String) {
        merge.add(found)
        for row in found.damaged { broken("\(name): \(row)") }
        for conflict in found.conflicts { broken("\(name): \(conflict.words)") }
        guard !found.conflicts.isEmpty else { return }
        let file = Diagnosis.shellWord(name)
        remedies.append("leave \(file) out of the merge; or rm \(file), and make it again")
    }

    /// Compares a shard's rows with what it owes.
    private mutating func look(into source: FeatureStore, _ name: String, damaged: Set<Digest>) throws {
        guard let manifest = try ShardManifest(in: source) else {
            return notes.append("\(name): no shard, merged as it is")
        }
        shards.append((name, manifest))
        let state = try ShardState(of: manifest, in: source, damaged: damaged)
        if state.failed > 0 {
            notes.append(
                "\(name): \(manifest.words): \(counted(state.failed, manifest.kind.noun)) came to nothing there")
        }
        guard !state.isComplete else { return }
        broken("\(name): \(manifest.words) is half written: \(state.words(manifest.kind.noun))")
        remedies.append(Self.remedy(manifest, file: name))
    }

    /// Names the shares that none of the files holds, of every set of which one does, and sets that are no whole.
    private mutating func lookForMissingShards() {
        for set in sets {
            compareRecipes(of: set)
            let (manifest, numbers) = (set[0].manifest, Set(set.map { $0.manifest.shard.number }))
            name((1...manifest.shard.count).filter { !numbers.contains($0) }, lackedBy: manifest)
        }
    }

    /// The shards that were read, those of one split together.
    private var sets: [[(file: String, manifest: ShardManifest)]] {
        var sets: [[(file: String, manifest: ShardManifest)]] = []
        for shard in shards {
            if let index = sets.firstIndex(where: { $0[0].manifest.isOfOneSplit(with: shard.manifest) }) {
                sets[index].append(shard)
            } else {
                sets.append([shard])
            }
        }
        return sets
    }

    /// Shares that were made by different recipes, as of a stage file that was changed meanwhile, are no whole.
    private mutating func compareRecipes(of set: [(file: String, manifest: ShardManifest)]) {
        let listed = set.filter { !$0.manifest.parts.isEmpty }
        let ways = Dictionary(grouping: listed) { $0.manifest.recipes }.sorted { $0.value[0].file < $1.value[0].file }
        guard ways.count > 1, let first = listed.first?.manifest else { return }
        for (recipes, members) in ways {
            let files = members.map { $0.file }.joined(separator: ", ")
            let way = recipes.joined(separator: ", ")
            broken("\(files): made otherwise than other shards of \(first.pipeline): \(way)")
        }
        let command = "timbre \(first.kind.command) PIPELINE.yaml --shard I/\(first.shard.count) --output FILE"
        remedies.append("\(command), for each of these files, with the stage file as it is now")
    }

    /// One by its number; of more, which may be thousands, the list.
    private mutating func name(_ numbers: [Int], lackedBy manifest: ShardManifest) {
        let count = manifest.shard.count
        guard let first = numbers.first, let shard = Shard(number: first, count: count) else { return }
        let lacking = ShardManifest(manifest.kind, of: manifest.pipeline, shard, parts: [])
        guard numbers.count > 1 else {
            missing("\(lacking.words) is missing")
            return remedies.append(Self.remedy(lacking, file: "FILE"))
        }
        let list = SlurmJob.list(numbers)
        missing("\(lacking.words) is missing, and so are others: \(list) of \(count)")
        remedies.append(Self.remedy(lacking, file: "FILE") + ", and so on: \(list)")
    }

    private mutating func missing(_ problem: String) { problems.append(problem) }

    private mutating func unfinished(_ name: String, _ problem: String) {
        broken("\(name): \(problem)")
        remedies.append("run the command that wrote \(Diagnosis.shellWord(name)) again")
    }

    private mutating func broken(_ problem: String) {
        problems.append(problem)
        isOnlyMissing = false
    }

    private var lines: [String] {
        notes + [
            "embeddings: \(Self.words(merge.embeddings))", "heads: \(Self.words(merge.trainings))",
            "facts and divergences: \(Self.words(merge.records))",
        ]
    }

    private var verdict: String {
        let sets = shards.isEmpty ? "" : ", \(counted(shards.count, "shard")) complete"
        return "merged \(counted(merge.rows, "row"))\(sets)\(Self.rates(merge, since: start))"
    }

    private static func words(_ tally: StoreMerge.Tally) -> String {
        let mended = tally.mended == 0 ? "" : ", \(tally.mended) in the place of damaged ones"
        return "\(tally.added) added, \(tally.present) already there\(mended)"
    }

    private static func rates(_ merge: StoreMerge, since start: ContinuousClock.Instant) -> String {
        let seconds = start.duration(to: .now).inSeconds
        guard seconds > 0 else { return "" }
        return "  \((Double(merge.rows) / seconds).fixed(0)) rows/s"
            + "  \((Double(merge.bytes) / seconds / 1e6).fixed(1)) MB/s"
    }

    private static func remedy(_ manifest: ShardManifest, file: String) -> String {
        "timbre \(manifest.kind.command) PIPELINE.yaml --shard \(manifest.shard) --output \(Diagnosis.shellWord(file))"
    }

    /// A shard is read without locks; a cache whose log has something in it is read as caches are.
    private static func access(to file: URL) -> StoreAccess {
        let log = (try? FileManager.default.attributesOfItem(atPath: file.path + "-wal"))?[.size] as? Int ?? 0
        return log > 0 ? .reading : .still
    }

    private static func isSame(_ one: URL, _ other: URL) -> Bool {
        one.resolvingSymlinksInPath().standardizedFileURL.path
            == other.resolvingSymlinksInPath().standardizedFileURL.path
    }

    private static func reason(_ error: FeatureStoreError) -> String {
        let diagnosis = error.diagnosis
        return [diagnosis.what, diagnosis.found].compactMap { $0 }.joined(separator: ": ")
    }

    private static func place(of error: FeatureStoreError) -> String? { error.diagnosis.place }
}

extension StoreMerge {
    mutating func add(_ other: StoreMerge) {
        for table in [\StoreMerge.embeddings, \.trainings, \.records] {
            self[keyPath: table].added += other[keyPath: table].added
            self[keyPath: table].present += other[keyPath: table].present
            self[keyPath: table].mended += other[keyPath: table].mended
        }
        bytes += other.bytes
        damaged += other.damaged
        conflicts += other.conflicts
    }
}
