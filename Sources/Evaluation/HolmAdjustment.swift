/// The p-values of several comparisons, adjusted so that the chance of one false alarm among all stays below the level.
///
/// The result is in the order given. p-values outside 0 ... 1 trap.
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2),
/// 1979.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
    precondition(
        pValues.allSatisfy((0...1).contains), "p-values between 0 and 1 expected, found \(pValues)")
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
        largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
        adjusted[index] = largest
    }
    return adjusted
}
