/// The number with so many digits after the point, whatever the locale; a dash if it is not finite.
public func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    let unit = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value * Double(unit)).rounded())
    let sign = scaled < 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled.magnitude)" }
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(unit))
    return "\(sign)\(whole).\(String(repeating: "0", count: digits - "\(rest)".count))\(rest)"
}

/// The share in per cent, without the sign.
public func percent(_ share: Double, digits: Int = 2) -> String { fixed(share * 100, digits: digits) }
