import Checkpoints
import Foundation
import Pipeline
import Unpacking

/// A directory that a synthesize stage makes, and replaces when it has made it itself.
///
/// The stage file may be a stranger's, and so may the directory: it has to lie under the directory that the program was
/// started in or in its cache, links followed, and is replaced only when it carries the stage's mark and holds nothing
/// but what the stage makes.
struct SynthesisPlace {
    let directory: URL
    /// Paths of the files that the stage makes there.
    private let files: Set<String>

    static let markName = ".timbre-synthesized"
    /// Bytes; a mark is the hexadecimal digits of a key.
    private static let largestMark = 1 << 10

    /// The place of a corpus in the shape of RAVDESS.
    static func corpus(_ directory: URL) -> SynthesisPlace {
        SynthesisPlace(directory: directory, files: Set(RavdessName.all.map(\.path)))
    }

    /// The place of an untrained encoder.
    static func encoder(_ directory: URL) -> SynthesisPlace {
        SynthesisPlace(
            directory: directory, files: ["config.json", "preprocessor_config.json", "model.safetensors"])
    }

    /// Whether a directory carries the mark of a synthesize stage.
    static func isMarked(_ directory: URL) -> Bool { mark(of: directory) != nil }

    /// The key of the stage that made the directory; nil where nothing is.
    ///
    /// - throws: ``SynthesisError/refusesToReplace(path:)`` for what that stage did not make.
    func key() throws -> String? {
        var status = stat()
        guard lstat(directory.path, &status) == 0 else { return nil }
        guard let mark = Self.mark(of: directory) else {
            throw SynthesisError.refusesToReplace(path: directory.relativePath)
        }
        return mark
    }

    /// Throws ``SynthesisError`` unless the stage may put a directory there.
    func checkReplaceable(cache: URL) throws {
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        guard [here, cache].contains(where: { Self.isWithin(directory, $0) }) else {
            throw SynthesisError.outside(path: directory.relativePath, cache: cache.relativePath)
        }
        guard try key() != nil else { return }
        if let stranger = strangers().first {
            throw SynthesisError.holdsMore(path: directory.relativePath, found: stranger)
        }
    }

    /// What the stage did not make, as paths within the directory, sorted.
    private func strangers() -> [String] {
        let folders = Set(files.compactMap { $0.split(separator: "/").dropLast().first.map(String.init) })
        let found = FileManager.default.enumerator(atPath: directory.path)?.compactMap { $0 as? String } ?? []
        return found.filter { !files.contains($0) && !folders.contains($0) && $0 != Self.markName }.sorted()
    }

    private static func mark(of directory: URL) -> String? {
        let bytes = try? RegularFile.contents(of: directory.appendingPathComponent(markName), atMost: largestMark)
        return bytes.flatMap { String(data: $0, encoding: .utf8) }
    }

    /// The components of a path once links are followed; what is not there yet lies in what is.
    ///
    /// Nil where that cannot be told.
    private static func real(_ path: String) -> [String]? {
        if let found = realpath(path, nil) {
            defer { free(found) }
            return String(cString: found).pathNames
        }
        let steps = path.pathSteps
        guard errno == ENOENT, steps.count > 1, let name = steps.last, !["", ".", ".."].contains(name) else {
            return nil
        }
        let around = steps.dropLast().joined(separator: "/")
        return real(around.isEmpty ? "/" : around).map { $0 + [name] }
    }

    private static func isWithin(_ place: URL, _ folder: URL) -> Bool {
        guard let place = real(place.path), let folder = real(folder.path) else { return false }
        return place.count > folder.count && place.starts(with: folder)
    }
}
