import Testing

/// Asserts |found − expected| ≤ absolute + relative · |expected| for each number, and names the worst; NaN fails.
public func expectClose<Found: BinaryFloatingPoint, Expected: BinaryFloatingPoint>(
    _ found: [Found], to expected: [Expected], absolute: Double, relative: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    let excesses = zip(found, expected).map { abs(Double($0) - Double($1)) - relative * abs(Double($1)) }
    guard let worst = excesses.indices.max(by: { excesses[$0] < excesses[$1] || excesses[$1].isNaN }) else { return }
    #expect(
        excesses[worst] <= absolute,
        "number \(worst) of \(found.count) is \(found[worst]), expected \(expected[worst])",
        sourceLocation: sourceLocation)
}
