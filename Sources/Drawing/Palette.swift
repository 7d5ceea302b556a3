/// The colour of what grows darker with a share, such as the fields of a confusion matrix, light and dark.
///
/// On every one of them, at any share, the pictures' text has a contrast above 4.5 to 1.
public enum Palette: String, CaseIterable, Sendable {
    /// Timbre's own.
    case blue
    /// Others, for those who prefer them; grey also for print without colour.
    case green, orange, purple, grey

    /// Red, green and blue at the full share on a light ground.
    public var light: RGB {
        switch self {
        case .blue: RGB(red: 79, green: 155, blue: 217)
        case .green: RGB(red: 76, green: 174, blue: 127)
        case .orange: RGB(red: 232, green: 128, blue: 74)
        case .purple: RGB(red: 181, green: 138, blue: 214)
        case .grey: RGB(red: 160, green: 167, blue: 174)
        }
    }

    /// Red, green and blue at the full share on a dark ground.
    public var dark: RGB {
        switch self {
        case .blue: RGB(red: 29, green: 102, blue: 168)
        case .green: RGB(red: 31, green: 111, blue: 74)
        case .orange: RGB(red: 163, green: 71, blue: 0)
        case .purple: RGB(red: 111, green: 66, blue: 165)
        case .grey: RGB(red: 89, green: 98, blue: 108)
        }
    }
}

/// A colour by its three parts, each from 0 to 255.
public struct RGB: Equatable, Sendable {
    /// The parts.
    public let red, green, blue: UInt8

    /// The parts as CSS lists them within `rgba()`.
    public var list: String { "\(red), \(green), \(blue)" }

    /// As in "#4f9bd9".
    var hex: String {
        let digits = String(Int(red) << 16 | Int(green) << 8 | Int(blue), radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
