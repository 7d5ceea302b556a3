import Kernels
import TestSupport
import Testing

@Suite struct WindowsTests {
    @Test(arguments: [(0, 0), (2, 0), (3, 1), (4, 1), (5, 2), (9, 4)])
    func onlyWholeWindowsCount(_ rows: Int, _ count: Int) {
        #expect(Matrix(rows: rows, columns: 2).windowCount(width: 3, step: 2) == count)
    }

    @Test func aWindowIsRowsOneAfterAnother() {
        let frames = Matrix(FloatBuffer((0..<10).map(Float.init)), rows: 5, columns: 2)
        let windows = frames.windows(width: 3, step: 2)
        #expect(windows.rowNumbers == [[0, 1, 2, 3, 4, 5], [4, 5, 6, 7, 8, 9]])
    }

    @Test func copiedWindowsNoLongerOverlap() {
        let frames = Matrix(FloatBuffer((0..<8).map(Float.init)), rows: 4, columns: 2)
        let unfolded = noiseMatrix(3, 4)
        copy(frames.windows(width: 2, step: 1), into: unfolded)
        #expect(unfolded.rowNumbers == [[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7]])
    }

    @Test func clearingTouchesOnlyTheMatrix() {
        let matrix = noiseMatrix(3, 2, gap: 1)
        let gap = matrix.storage[2]
        clear(matrix.rows(0..<2))
        #expect(matrix.rowNumbers[0...1] == [[0, 0], [0, 0]])
        #expect(matrix[2, 0] != 0)
        #expect(matrix.storage[2] == gap)
    }
}
