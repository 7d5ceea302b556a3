import Kernels
import TestSupport
import Testing

/// On the instruction set in use: `make test` runs them on every one that the processor has.
@Suite struct PackedProductTests {
    /// Rows, depth, columns: one of each, less and more than a tile, a panel and a block, and nothing.
    static let shapes = [
        [1, 1, 1], [5, 3, 7], [6, 64, 64], [7, 769, 65], [13, 1537, 100], [250, 33, 48], [3, 2000, 17],
        [241, 513, 130],
        [12, 0, 5], [0, 4, 4], [4, 3, 0],
    ]

    @Test(arguments: shapes) func theProductIsItsNaiveTwin(_ shape: [Int]) {
        let factors = Factors(shape)
        let y = noiseMatrix(shape[0], shape[2], gap: 1)
        multiply(factors.a, PackedMatrix(factors.b), into: y, ProductScratch())
        expectClose(y.numbers, to: factors.product, absolute: factors.tolerance)
    }

    @Test(arguments: shapes) func addendBiasAndGELUFollowTheFormula(_ shape: [Int]) {
        let factors = Factors(shape)
        let addend = noiseMatrix(shape[0], shape[2], gap: 2)
        let bias = floatNoise(shape[2])
        let sums = zip(factors.product, addend.numbers).enumerated().map { index, pair in
            pair.0 + pair.1 + Double(bias[index % max(shape[2], 1)])
        }
        let y = Matrix(rows: shape[0], columns: shape[2])
        multiply(
            factors.a, PackedMatrix(factors.b), into: y, onto: addend, bias: FloatBuffer(bias), ProductScratch())
        expectClose(y.numbers, to: sums, absolute: factors.tolerance)
        multiply(
            factors.a, PackedMatrix(factors.b), into: addend, onto: addend, bias: FloatBuffer(bias), throughGELU: true,
            ProductScratch())
        expectClose(addend.numbers, to: sums.map(NaiveInference.gelu), absolute: factors.tolerance + 3e-7)
    }

    @Test func aRowDoesNotDependOnTheRowsBesideIt() {
        let (a, b) = (noiseMatrix(250, 300), PackedMatrix(noiseMatrix(300, 70)))
        let all = Matrix(rows: 250, columns: 70)
        multiply(a, b, into: all, throughGELU: true, ProductScratch())
        guard InstructionSet.current != .portable else { return }
        for row in stride(from: 0, to: 250, by: 7) {
            let one = Matrix(rows: 1, columns: 70)
            multiply(a.rows(row..<row + 1), b, into: one, throughGELU: true, ProductScratch())
            #expect(one.rowNumbers[0] == all.rowNumbers[row])
        }
    }

    @Test func whatTheDestinationHeldDoesNotMatter() {
        let factors = Factors([9, 50, 33])
        let (clean, dirty) = (Matrix(rows: 9, columns: 33), Matrix(rows: 9, columns: 33))
        fill(dirty, with: .nan)
        multiply(factors.a, PackedMatrix(factors.b), into: clean, ProductScratch())
        multiply(factors.a, PackedMatrix(factors.b), into: dirty, ProductScratch())
        #expect(clean.numbers == dirty.numbers)
    }

    /// Whole frames a window, frames narrower than a block and wider, an overhang of one frame.
    @Test(arguments: [[48, 128, 1, 40], [512, 3, 2, 21], [7, 5, 1, 30], [9, 129, 1, 131]])
    func windowsThatOverlapAreMultipliedInPlace(_ shape: [Int]) {
        let (channels, taps, step) = (shape[0], shape[1], shape[2])
        let frames = Matrix(
            FloatBuffer(floatNoise(channels * (shape[3] + taps))), rows: shape[3] + taps, columns: channels)
        let windows = frames.windows(width: taps, step: step)
        let b = noiseMatrix(taps * channels, 20)
        let y = Matrix(rows: windows.rows, columns: 20)
        multiply(windows, PackedMatrix(b), into: y, ProductScratch())
        let unfolded = windows.numbers
        let expected = NaiveInference.product(unfolded, b.numbers, inner: taps * channels, columns: 20)
        expectClose(y.numbers, to: expected, absolute: 1e-6 * Double(taps * channels))
    }

    @Test(.enabled(if: Precision.bfloat16.isAvailable), arguments: shapes)
    func bfloat16RoundsTheFactorsAndNothingElse(_ shape: [Int]) {
        let factors = Factors(shape)
        let rounded = NaiveInference.product(
            factors.a.numbers.map(bfloat16), factors.b.numbers.map(bfloat16), inner: shape[1], columns: shape[2])
        let expected = shape[1] == 0 ? factors.product : rounded
        let y = Matrix(rows: shape[0], columns: shape[2])
        multiply(factors.a, PackedMatrix(factors.b, precision: .bfloat16), into: y, ProductScratch())
        expectClose(y.numbers, to: expected, absolute: factors.tolerance)
        let turned = Matrix(rows: shape[2], columns: shape[1])
        for row in 0..<shape[1] { for column in 0..<shape[2] { turned[column, row] = factors.b[row, column] } }
        let z = Matrix(rows: shape[0], columns: shape[2])
        multiply(factors.a, PackedMatrix(transposed: turned, precision: .bfloat16), into: z, ProductScratch())
        #expect(y.numbers == z.numbers)
    }

    @Test func shapesThatDoNotFitTrap() async {
        await #expect(processExitsWith: .failure) {
            multiply(
                Matrix(rows: 2, columns: 3), PackedMatrix(Matrix(rows: 2, columns: 3)),
                into: Matrix(rows: 2, columns: 3),
                ProductScratch())
        }
    }

    /// The nearest number with eight bits of significand, ties to even.
    private func bfloat16(_ value: Double) -> Double {
        let bits = Float(value).bitPattern
        return Double(Float(bitPattern: (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000))
    }
}

/// Two matrices of noise and their product.
private struct Factors {
    let a: Matrix
    let b: Matrix
    let product: [Double]
    /// Rounding of sums of so many numbers of this noise.
    let tolerance: Double

    init(_ shape: [Int]) {
        (a, b) = (noiseMatrix(shape[0], shape[1], gap: 2), noiseMatrix(shape[1], shape[2], gap: 1))
        product =
            shape[1] == 0
            ? [Double](repeating: 0, count: shape[0] * shape[2])
            : NaiveInference.product(a.numbers, b.numbers, inner: shape[1], columns: shape[2])
        tolerance = 1e-5 + 4e-7 * Double(shape[1])
    }
}
