import Foundation
import TestSupport
import Testing

/// Compares rendered files with checked-in ones, all of a folder and nothing else.
///
/// Of pages the style and the script are left out: they are files of their own, the same on every page.
///
/// After a change that is meant, run the tests once with `TIMBRE_RECORD=1`: the files are written anew, that run fails,
/// and the next one compares with what it wrote. Read the difference before committing it.
func expectGolden(_ files: [String: String], in path: String) throws {
    let folder = fixture(path)
    let files = Dictionary(
        uniqueKeysWithValues: files.map { ($0, $0.hasSuffix(".html") ? withoutStyleAndScript($1) : $1) })
    if ProcessInfo.processInfo.environment["TIMBRE_RECORD"] == "1" {
        try record(files, in: folder)
        Issue.record("recorded \(files.count) files in \(folder.lastPathComponent); run again without TIMBRE_RECORD")
        return
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == files.keys.sorted())
    for (name, text) in files {
        let expected = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(text == expected, "\(name): \(firstDifference(text, expected))")
    }
}

private func withoutStyleAndScript(_ page: String) -> String {
    page.replacing(/<style>[\s\S]*?<\/style>/, with: "<style>…</style>")
        .replacing(/<script>[\s\S]*?<\/script>/, with: "<script>…</script>")
        .replacing(/'sha256-[^']*'/, with: "'sha256-…'")
}

private func record(_ files: [String: String], in folder: URL) throws {
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
}

private func firstDifference(_ found: String, _ expected: String) -> String {
    let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n"))
    guard let (number, pair) = lines.enumerated().first(where: { $1.0 != $1.1 }) else { return "other length" }
    return "line \(number + 1) is '\(pair.0)', expected '\(pair.1)'"
}
