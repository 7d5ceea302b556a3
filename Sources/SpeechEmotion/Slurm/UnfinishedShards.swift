import FeatureStore
import Foundation

/// Which shares of the work are left to do.
struct UnfinishedShards: Equatable {
    /// Whether the cache lacks anything that shares would give.
    let isNeeded: Bool
    /// The shares whose files are not there or not complete, from 1.
    let numbers: [Int]
}

/// Looks for what the shares' files hold of what the cache lacks.
struct ShardSearch {
    let pipeline: String
    let store: FeatureStore
    let keepGoing: Bool

    /// Looks for embeddings.
    func embedding(of stages: [EmbedStage], in files: [URL]) throws -> UnfinishedShards {
        let lacking = try stages.map { stage in
            let (recipe, clips) = (try stage.cache().recipe, try stage.corpusStage.corpus().clips.map(\.digest))
            return (recipe, try store.missing(clips, recipe: recipe))
        }
        guard lacking.contains(where: { !$0.1.isEmpty }) else { return UnfinishedShards(isNeeded: false, numbers: []) }
        return try unfinished(.embed, files) { shard, file in
            try lacking.reduce(into: Set<Digest>()) { keys, lacking in
                keys.formUnion(try file.missing(lacking.1.filter(shard.holds), recipe: lacking.0))
            }
        }
    }

    /// Looks for heads.
    func training(of stage: TrainStage, in files: [URL]) throws -> UnfinishedShards {
        let lacking = try stage.pending(of: stage.trainings(), leavingDiverged: keepGoing).map(\.key)
        guard !lacking.isEmpty else { return UnfinishedShards(isNeeded: false, numbers: []) }
        return try unfinished(.train, files) { shard, file in
            let keys = Set(lacking.filter(shard.holds))
            return keys.subtracting(try file.trainedKeys(Array(keys)))
        }
    }

    private func unfinished(
        _ kind: ShardManifest.Kind, _ files: [URL], missing: (Shard, FeatureStore) throws -> Set<Digest>
    ) throws -> UnfinishedShards {
        let numbers = (1...files.count).filter { number in
            guard let shard = Shard(number: number, count: files.count),
                let file = try? FeatureStore(at: files[number - 1], access: .still),
                let manifest = try? ShardManifest(in: file), manifest.shard == shard,
                manifest.isOfOneSplit(with: ShardManifest(kind, of: pipeline, shard, parts: [])),
                let missing = try? missing(shard, file)
            else { return true }
            let failed = keepGoing ? Set(manifest.parts.flatMap { ShardManifest.Part.keys(in: $0.failed) }) : []
            return !missing.subtracting(failed).isEmpty
        }
        return UnfinishedShards(isNeeded: true, numbers: numbers)
    }
}

extension Sequence where Element == Digest {
    /// Those that a share holds, in an array.
    fileprivate func filter(_ holds: (Digest) -> Bool) -> [Digest] {
        reduce(into: []) { if holds($1) { $0.append($1) } }
    }
}
