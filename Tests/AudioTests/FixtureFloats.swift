import Foundation
import TestSupport
import Testing

/// The little-endian Float32 values in a fixture.
func fixtureFloats(_ name: String) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: fixture(name)))
    return stride(from: 0, to: bytes.count, by: 4).map { start in
        Float(bitPattern: bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
}

/// Asserts equal counts and no difference above `tolerance`; a NaN fails.
func expectClose(
    _ found: [Float], _ expected: [Float], within tolerance: Float, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try #require(found.count == expected.count, sourceLocation: sourceLocation)
    for (index, (one, other)) in zip(found, expected).enumerated() where !(abs(one - other) <= tolerance) {
        Issue.record("value \(index) is \(one), expected \(other)", sourceLocation: sourceLocation)
        return
    }
}
