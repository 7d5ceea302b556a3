import Foundation

/// The path of something under `Tests/Fixtures`.
public func fixture(_ name: String, file: StaticString = #filePath) -> URL {
    testsDirectory(of: file).appendingPathComponent("Fixtures").appendingPathComponent(name)
}

/// A fresh empty directory that is removed when `body` ends.
public func withTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("timbre-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try body(directory)
}

private func testsDirectory(of file: StaticString) -> URL {
    URL(fileURLWithPath: "\(file)").deletingLastPathComponent().deletingLastPathComponent()
}
