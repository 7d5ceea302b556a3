import CKernels

/// The mean of each column, summed in double precision; NaN without rows.
public func columnMeans(of x: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: x.columns)
    loops.inference.column_sums(x.base, x.stride, x.rows, x.columns, &sums)
    return sums.map { $0 / Double(x.rows) }
}

/// Whether none of the numbers is infinite or not a number.
public func areFinite(_ values: [Float]) -> Bool {
    values.withUnsafeBufferPointer { $0.baseAddress.map { loops.inference.all_finite($0, values.count) } ?? true }
}

/// The same of a matrix.
public func areFinite(_ x: Matrix) -> Bool {
    (0..<x.rows).allSatisfy { loops.inference.all_finite(x.base + $0 * x.stride, x.columns) }
}
