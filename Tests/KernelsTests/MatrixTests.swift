import Kernels
import Testing

@Suite struct MatrixTests {
    @Test func rowsOfAViewMayOverlap() {
        let buffer = FloatBuffer((0..<10).map(Float.init))
        let windows = Matrix(buffer, rows: 4, columns: 4, stride: 2)
        #expect((0..<4).map { windows[3, $0] } == [6, 7, 8, 9])
    }

    @Test func aSubviewSeesTheSameNumbers() {
        let matrix = Matrix(FloatBuffer((0..<12).map(Float.init)), rows: 3, columns: 4)
        let part = matrix.rows(1..<3).columns(2..<4)
        #expect(part[1, 1] == 11)
        part[0, 0] = -1
        #expect(matrix[1, 2] == -1)
    }

    @Test(arguments: [(7, 3, 0, 3), (7, 3, 1, 2), (7, 3, 6, 1), (7, 3, 7, 0), (1, 5, 0, 1)])
    func everySoManyRowsAreAView(_ rows: Int, _ step: Int, _ first: Int, _ count: Int) {
        let matrix = noiseMatrix(rows, 4, gap: 1)
        let view = matrix.every(step, from: first)
        #expect(view.rows == count)
        #expect(view.rowNumbers == stride(from: first, to: rows, by: step).map { matrix.rowNumbers[$0] })
    }
}
