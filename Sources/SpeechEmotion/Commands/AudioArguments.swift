import FeatureStore
import Foundation

/// The audio files that a command line names: files, folders, patterns, and "-" for standard input.
///
/// A folder stands for every audio file in it at any depth, sorted by path; a pattern, where no file has that very name,
/// for the audio files and folders that glob(3) finds. What is named twice is there twice.
public struct AudioArguments: Sendable {
    /// One file.
    struct Item: Sendable {
        /// What results and messages call it.
        let name: String
        let path: String
    }

    let items: [Item]
    /// Directories below the named folders that cannot be listed.
    let unlisted: [CorpusProblem]
    /// Holds what came from standard input as long as this lives.
    private let input: SpooledInput?

    /// Finds the files.
    ///
    /// What is in a folder but cannot be used is no error here.
    ///
    /// - throws: ``CommandError/noAudio(path:)`` for a file that is not there, ``CommandError/noAudioIn(path:)`` for a folder
    ///   or a pattern without audio, ``CommandError/standardInput(reason:)``.
    public init(_ arguments: [String]) throws {
        let spooled = try arguments.contains("-") ? SpooledInput(.standardInput) : nil
        input = spooled
        var unlisted: [CorpusProblem] = []
        items = try arguments.flatMap { argument in
            if argument == "-", let spooled { return [Item(name: argument, path: spooled.path)] }
            return try Self.files(of: argument, &unlisted).map { Item(name: $0, path: $0) }
        }
        self.unlisted = unlisted
    }

    /// The files that can be read as clips without speaker and label, each digested, and what is wrong with the others.
    func clips(store: FeatureStore, jobs: Int) -> (usable: [CorpusClip], problems: [CorpusProblem]) {
        // What lies behind standard input's path is another file in every run: its digest is not remembered.
        let named = items.filter { $0.name != "-" }.map { URL(fileURLWithPath: $0.path) }
        var digests = store.digests(of: named, workers: jobs).makeIterator()
        var (usable, problems): ([CorpusClip], [CorpusProblem]) = ([], unlisted)
        for item in items {
            let file = URL(fileURLWithPath: item.path)
            let digest = item.name == "-" ? Result { try Digest(hashingFile: file) } : digests.next()
            switch digest {
            case .success(let digest)?:
                usable.append(CorpusClip(path: item.name, file: file, digest: digest, speaker: "", label: 0))
            case .failure(let error)?: problems.append(CorpusProblem(path: item.name, reason: error.briefReason))
            case nil: preconditionFailure("expected a digest of every file")
            }
        }
        return (usable, problems)
    }

    private static func files(of argument: String, _ unlisted: inout [CorpusProblem]) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory) else {
            guard argument.contains(where: { "*?[".contains($0) }) else { throw CommandError.noAudio(path: argument) }
            return try matches(of: argument, &unlisted)
        }
        guard isDirectory.boolValue else { return [argument] }
        let before = unlisted.count
        let found = try files(in: argument, &unlisted)
        guard !found.isEmpty || unlisted.count > before else { throw CommandError.noAudioIn(path: argument) }
        return found
    }

    private static func files(in folder: String, _ unlisted: inout [CorpusProblem]) throws -> [String] {
        let paths = try AudioFolder.paths(under: URL(fileURLWithPath: folder)) { error in
            unlisted.append(CorpusProblem(path: error.diagnosis.place ?? folder, reason: error.briefReason))
        }
        return paths.map { AudioFolder.prefix(of: folder) + $0 }
    }

    private static func matches(of pattern: String, _ unlisted: inout [CorpusProblem]) throws -> [String] {
        let before = unlisted.count
        var found = glob_t()
        defer { globfree(&found) }
        let paths = glob(pattern, 0, nil, &found) == 0 ? found.paths : []
        let audio = try paths.flatMap { path in
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            return isDirectory.boolValue ? try files(in: path, &unlisted) : AudioFolder.isAudio(path) ? [path] : []
        }
        guard !audio.isEmpty || unlisted.count > before else { throw CommandError.noAudioIn(path: pattern) }
        return audio
    }
}

extension glob_t {
    fileprivate var paths: [String] {
        (0..<Int(gl_pathc)).compactMap { index in gl_pathv[index].map { String(cString: $0) } }
    }
}
