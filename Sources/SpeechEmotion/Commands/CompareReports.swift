import Evaluation
import Foundation
import Pipeline
import Reports

/// A report to compare, as a command line names it: its folder, or the stage file that it is the report of.
public struct ReportReference: Sendable {
    /// The folder or the stage file.
    public let path: String
    /// The id of a cell; nil for the first.
    public let cell: String?

    /// Names a report and a cell of it.
    public init(path: String, cell: String?) {
        self.path = path
        self.cell = cell
    }

    fileprivate func folder(reports: URL) throws -> URL {
        guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else {
            let place = URL(fileURLWithPath: path)
            let isPage = ["report.html", "report.md"].contains(place.lastPathComponent)
            return isPage ? place.deletingLastPathComponent() : place
        }
        let name = try StageFile(contentsOf: URL(fileURLWithPath: path)).name
        let folder = reports.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw ReportReadError.absent(path: path, file: folder.relativePath)
        }
        return folder
    }
}

/// Sets one cell of a report beside one of another, or of the same: the `compare` command.
///
/// Nothing is computed but figures: predictions are read from the reports.
///
/// - Parameters:
///   - reports: where the reports of stage files are.
///   - output: a folder for `compare.md`, `compare.html`, `flips.csv` and pictures; nil writes none.
/// - Returns: the comparison in Markdown, or where it has been written.
/// - throws: ``ReportReadError``, ``CommandError/cannotWrite(path:reason:)``.
public func compareReports(
    _ first: ReportReference, _ second: ReportReference, reports: URL, bootstrap: SpeakerBootstrap, output: URL?
) throws -> String {
    let folders = try (first.folder(reports: reports), second.folder(reports: reports))
    let names = distinctNames(folders.0, folders.1)
    let one = try result(of: first.cell, in: folders.0, named: names.0)
    let other = try result(of: second.cell, in: folders.1, named: names.1)
    guard one.name != other.name else { throw ReportReadError.sameResult(path: first.path, cell: one.cell.id) }
    let comparison: ResultComparison
    do {
        comparison = try ResultComparison(one, other, bootstrap: bootstrap)
    } catch {
        throw ReportReadError.incomparable(first: one.name, second: other.name, error)
    }
    guard let output else { return comparison.markdown }
    let folder = try ReportFolder(output)
    for file in comparison.files { try folder.append(file) }
    _ = try folder.finish()
    return output.appendingPathComponent("compare.html").relativePath + "\n"
}

/// Reads a cell while no process writes into its folder, whose files would be of two reports.
private func result(of cell: String?, in folder: URL, named name: String) throws -> ComparedResult {
    let lock = FolderLock.waited(for: folder, isShared: true, console: .standardError)
    return try withExtendedLifetime(lock) { try WrittenCell(of: folder).result(of: cell, named: name) }
}

/// What to call two folders: as little of their paths' ends as tells them apart, the same where they are one folder.
private func distinctNames(_ first: URL, _ second: URL) -> (String, String) {
    let (one, other) = (first.standardizedFileURL.pathComponents, second.standardizedFileURL.pathComponents)
    let most = max(one.count, other.count)
    let length = (1...most).first { one.suffix($0) != other.suffix($0) } ?? 1
    return (one.suffix(length).joined(separator: "/"), other.suffix(length).joined(separator: "/"))
}
