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

    /// The clips that came to nothing when their shares were tried last and that are to be left out.
    func unusableClips(in files: [URL]) -> Set<Digest> {
        guard keepGoing else { return [] }
        return (1...files.count).reduce(into: []) { clips, number in
            guard let found = share(.embed, number, of: files) else { return }
            clips.formUnion(found.manifest.failed)
        }
    }

    /// Looks for embeddings of the clips that are not left out.
    func embedding(of stages: [EmbedStage], in files: [URL]) throws -> UnfinishedShards {
        let lacking = try stages.map { stage in
            let (recipe, clips) = (try stage.cache().recipe, try stage.usableClips().map(\.digest))
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
            guard let (file, manifest) = share(kind, number, of: files), !manifest.parts.isEmpty,
                let missing = try? missing(manifest.shard, file)
            else { return true }
            return !missing.subtracting(keepGoing ? manifest.failed : []).isEmpty
        }
        return UnfinishedShards(isNeeded: true, numbers: numbers)
    }

    /// A share's file; nil where it is not there or another's.
    private func share(
        _ kind: ShardManifest.Kind, _ number: Int, of files: [URL]
    ) -> (file: FeatureStore, manifest: ShardManifest)? {
        guard let shard = Shard(number: number, count: files.count),
            let file = try? FeatureStore(at: files[number - 1], access: .still),
            let manifest = try? ShardManifest(in: file), manifest.shard == shard,
            manifest.isOfOneSplit(with: ShardManifest(kind, of: pipeline, shard, parts: []))
        else { return nil }
        return (file, manifest)
    }
}

extension Sequence where Element == Digest {
    /// Those that a share holds, in an array.
    fileprivate func filter(_ holds: (Digest) -> Bool) -> [Digest] {
        reduce(into: []) { if holds($1) { $0.append($1) } }
    }
}
