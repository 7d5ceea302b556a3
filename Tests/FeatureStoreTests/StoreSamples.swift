import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

/// A fresh store in a directory of its own.
func withStore<Result>(_ body: (FeatureStore) throws -> Result) throws -> Result {
    try withTemporaryDirectory { directory in
        try body(try FeatureStore(at: directory.appendingPathComponent("features.sqlite")))
    }
}

/// Runs SQL on a store's file behind its back.
func tamper(with store: FeatureStore, sql: String, arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: store.file.path).write { try $0.execute(sql: sql, arguments: arguments) }
}

/// Where the first page of a table begins in a store's file.
private func start(of table: String, in file: URL) throws -> Int {
    let page = try DatabaseQueue(path: file.path).read { database in
        try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
    }
    return (try #require(page) - 1) * 4_096
}

/// Gives the last row of a table of one page another number, below 128 as the old one, behind SQLite's back.
///
/// Source: <https://www.sqlite.org/fileformat.html>, 1.6: a leaf's header is of eight bytes, the number of cells the fourth
/// and fifth, then come the cells' places; a cell begins with the payload's length and the row's number.
func renumberLastRow(of table: String, in file: URL, as number: UInt8) throws {
    let start = try start(of: table, in: file)
    var content = try Data(contentsOf: file)
    try #require(content[start] == 13, "a leaf of a table")
    let pointer = start + 8 + 2 * (Int(content[start + 3]) << 8 + Int(content[start + 4]) - 1)
    var place = start + Int(content[pointer]) << 8 + Int(content[pointer + 1])
    while content[place] >= 0x80 { place += 1 }
    content[place + 1] = number
    try content.write(to: file)
}

/// Overwrites the first page of a table in a closed store.
func overwriteRoot(of table: String, in file: URL) throws {
    let start = try start(of: table, in: file)
    var content = try Data(contentsOf: file)
    content.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0xFF, count: 4_096))
    try content.write(to: file)
}

let recipe = Recipe(fields: ["encoder": "abc", "rate": "16000"])

/// The digest that stands for the clip of a number.
func clip(_ number: Int) -> Digest { Digest.of(["clip", "\(number)"]) }

/// An embedding of three layers of four values that differ from every other number's.
func embedding(_ number: Int) -> Embedding {
    Embedding(
        layers: 3, hidden: 4, frames: 150 + number, values: (0..<12).map { Float(number) + Float($0) / 16 },
        instructionSet: "avx512")
}

/// Stores an embedding with NaN under a right checksum, which ``FeatureStore/store(_:clip:recipe:)`` refuses to do.
func storeNotFinite(_ clip: Digest, in store: FeatureStore) throws {
    var values = embedding(0).values
    values[3] = .nan
    let row = EmbeddingRow(
        recipe: recipe.digest, clip: clip, layers: 3, hidden: 4, frames: 150, instructionSet: "avx512",
        values: littleEndianBytes(of: values))
    try store.write { database in
        let id = try store.recipeID(orInserting: recipe, in: database)
        try row.insert(under: id, checksum: row.checksum, into: database)
    }
}

/// The values of some layers of ``embedding(_:)``.
func states(_ number: Int, layers: [Int]) -> [Float] {
    layers.flatMap { Array(embedding(number).values[$0 * 4..<$0 * 4 + 4]) }
}

func training(_ number: Int) -> StoredTraining {
    StoredTraining(
        key: Digest.of(["training", "\(number)"]), description: #"{"fold":"\#(number)"}"#, bestEpoch: 2,
        layerWeights: number == 2 ? [0.25, 0.5, 0.25] : [],
        history: [
            StoredEpoch(
                epoch: 1, learningRate: 1e-4, trainLoss: 2.0794415416798357, trainAccuracy: 0.125,
                validationLoss: 2.1, validationAccuracy: 0.1),
            StoredEpoch(
                epoch: 2, learningRate: 5e-5, trainLoss: 1.5, trainAccuracy: 0.5, validationLoss: 1.75,
                validationAccuracy: 0.4),
        ],
        validation: number == 3
            ? [] : [StoredPrediction(clip: clip(9), label: 1, probabilities: [0.4, 0.3, 0.2, 0.1])],
        predictions: [
            StoredPrediction(clip: clip(7), label: 3, probabilities: [0.1, 0.2, 0.3, 0.4]),
            StoredPrediction(clip: clip(2), label: 0, probabilities: [0.7, 0.1, 0.1, 0.1]),
        ])
}

/// Waits until the clock that stamps files has gone on since a file's last change: it ticks every few milliseconds, or not for
/// a while where a machine does much else.
func waitForTick(after file: URL) throws {
    let probe = file.appendingPathExtension("probe")
    let changed = try FileStamp(ofPath: file.path).changed
    repeat {
        usleep(1_000)
        try Data().write(to: probe)
    } while try FileStamp(ofPath: probe.path).changed <= changed
    try FileManager.default.removeItem(at: probe)
}
