import Kernels
import TestSupport
import Testing

@Suite struct ReductionsTests {
    @Test(arguments: [1, 5, 16, 33]) func columnMeansAreTheirNaiveTwins(_ columns: Int) {
        let x = noiseMatrix(7, columns, gap: 2)
        let expected = (0..<columns).map { column in (0..<7).reduce(0) { $0 + Double(x[$1, column]) } / 7 }
        expectClose(columnMeans(of: x), to: expected, absolute: 1e-12)
    }

    @Test func meansAreSummedInDoublePrecision() {
        let x = Matrix(FloatBuffer([1e8, 1, -1e8, 2]), rows: 4, columns: 1)
        #expect(columnMeans(of: x) == [0.75])
    }

    @Test(arguments: [0, 1, 16, 37]) func ordinaryNumbersAreFinite(_ count: Int) {
        #expect(areFinite([Float](repeating: .greatestFiniteMagnitude, count: count)))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity]) func oneBadNumberAnywhereIsFound(_ bad: Float) {
        for position in 0..<37 {
            var values = floatNoise(37)
            values[position] = bad
            #expect(!areFinite(values))
        }
    }

    @Test func aMatrixIsFiniteWhateverStandsBetweenItsRows() {
        let storage = FloatBuffer([1, 2, .nan, 3, 4, .nan])
        #expect(areFinite(Matrix(storage, rows: 2, columns: 2, stride: 3)))
        #expect(!areFinite(Matrix(storage, rows: 2, columns: 3, stride: 3)))
    }
}
