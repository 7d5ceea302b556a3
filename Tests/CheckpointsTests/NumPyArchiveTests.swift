import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct NumPyArchiveTests {
    @Test func writesTheseBytes() throws {
        try withTemporaryFile { file in
            var archive = NumPyArchive()
            archive.add("a", [1.5], shape: [1])
            try archive.write(to: file)
            let expected = try Data(contentsOf: fixture("checkpoints/golden.npz"))
            #expect(try Data(contentsOf: file) == expected)
        }
    }

    @Test func keepsItsOwnEntriesInOrder() throws {
        try withTemporaryFile { file in
            try sample().write(to: file)
            let directory = try ZipDirectory(Data(contentsOf: file), file: "sample.npz")
            let entries = directory.entries.values.sorted { $0.range.lowerBound < $1.range.lowerBound }
            #expect(entries.map(\.name) == ["embeddings.npy", "layers.npy", "files.npy", "scalar.npy", "none.npy"])
            for entry in entries { #expect(try directory.verifiedBytes(of: entry).count.isMultiple(of: 4)) }
        }
    }

    @Test(.enabled(if: Python.has("numpy"), "needs python3 with numpy, or PYTHON naming one"))
    func isLoadedByNumPyWithoutPickle() throws {
        try withTemporaryFile { file in
            try sample().write(to: file)
            let script = """
                import sys, numpy
                with numpy.load(sys.argv[1], allow_pickle=False) as archive:
                    for name in archive.files:
                        array = archive[name]
                        print(name, array.dtype.str, array.shape, array.flags.c_contiguous, array.tolist())
                """
            let expected = """
                embeddings <f4 (2, 3) True [[1.0, -2.0, 0.5], [inf, 4.0, 5.0]]
                layers <i8 (2,) True [0, -9223372036854775808]
                files <U6 (3,) True ['a.wav', 'ünï😀', '']
                scalar <f4 () True 7.0
                none <U1 (0,) True []

                """
            #expect(try Self.python(script, file) == expected)
        }
    }

    @Test(.enabled(if: Python.has("numpy"), "needs python3 with numpy, or PYTHON naming one"))
    func writesEachArrayAsNumPyDoes() throws {
        try withTemporaryFile { file in
            try sample().write(to: file)
            let script = """
                import io, sys, zipfile, numpy
                with zipfile.ZipFile(sys.argv[1]) as archive:
                    assert archive.testzip() is None
                    for name in archive.namelist():
                        again = io.BytesIO()
                        numpy.save(again, numpy.load(io.BytesIO(archive.read(name))))
                        print(again.getvalue() == archive.read(name))
                """
            #expect(try Self.python(script, file) == String(repeating: "True\n", count: 5))
        }
    }

    @Test func givesTheSameBytesForAnArrayInPieces() throws {
        try withTemporaryFile { file in
            try sample().write(to: file)
            let whole = try Data(contentsOf: file)
            var archive = NumPyArchive()
            archive.add(
                "embeddings", shape: [2, 3],
                floats: { write in
                    for piece in [[1], [], [-2, 0.5, .infinity, 4, 5]] as [[Float]] { try write(piece) }
                })
            archive.add(
                "layers", shape: [2], integers: { write in for layer in [0, Int64.min] { try write([layer]) } })
            archive.add("files", ["a.wav", "u\u{308}ni\u{308}😀", ""])
            archive.add("scalar", [7] as [Float], shape: [])
            archive.add("none", [])
            try archive.write(to: file)
            #expect(try Data(contentsOf: file) == whole)
        }
    }

    @Test func leavesTheFileAloneWhenAPieceCannotBeMade() throws {
        struct Lost: Error {}
        try withTemporaryFile { file in
            try Data("before".utf8).write(to: file)
            var archive = NumPyArchive()
            archive.add(
                "a", shape: [2],
                floats: { write in
                    try write([1])
                    throw Lost()
                })
            #expect(throws: Lost.self) { try archive.write(to: file) }
            #expect(try Data(contentsOf: file) == Data("before".utf8))
            #expect(try Self.neighbours(of: file) == ["sample.npz"])
        }
    }

    @Test func makesNothingOfAnArchiveThatIsTooLarge() throws {
        try withTemporaryFile { file in
            var isAsked = false
            var archive = NumPyArchive()
            archive.add("a", shape: [1 << 31], floats: { _ in isAsked = true })
            #expect(throws: CheckpointError.self) { try archive.write(to: file) }
            #expect(!isAsked)
            let left = try Self.neighbours(of: file)
            #expect(left.isEmpty)
        }
    }

    @Test func refusesMoreThanZipCanCount() throws {
        try withTemporaryFile { file in
            expectDiagnosis(
                """
                the arrays are too large for one NumPy archive
                  where:    \(file.path)
                  found:    1260 bytes
                  expected: at most 1259 bytes
                  try:      write fewer clips, layers or cells to one file
                """, exit: .cannotCreate
            ) { try sample().write(to: file, limit: 1259) }
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
    }

    private func sample() -> NumPyArchive {
        var archive = NumPyArchive()
        archive.add("embeddings", [1, -2, 0.5, .infinity, 4, 5] as [Float], shape: [2, 3])
        archive.add("layers", [0, .min] as [Int64], shape: [2])
        archive.add("files", ["a.wav", "u\u{308}ni\u{308}😀", ""])
        archive.add("scalar", [7] as [Float], shape: [])
        archive.add("none", [])
        return archive
    }

    /// What is in the file's directory.
    private static func neighbours(of file: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    }

    private static func python(_ script: String, _ file: URL) throws -> String {
        try Python.run(["-c", script, file.path], in: file.deletingLastPathComponent())
    }

    private func withTemporaryFile(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("sample.npz")) }
    }
}
