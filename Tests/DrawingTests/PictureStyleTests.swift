import Drawing
import Foundation
import Testing

/// Contrast as WCAG 2.2 defines it, between 1 and 21.
@Suite struct PictureStyleTests {
    @Test(arguments: ["", "dark"], Palette.allCases)
    func textIsLegibleOnThePanelAndOnFieldsHoweverFullTheyAre(_ scheme: String, _ palette: Palette) throws {
        let ground = try #require(colour(".panel", scheme, palette))
        for style in ["text", ".note"] {
            #expect(contrast(try #require(colour(style, scheme, palette)), ground) >= 4.5, "\(style)")
        }
        let text = try #require(colour("text", scheme, palette))
        for style in [".heat", ".more", ".fewer"] {
            let full = try #require(colour(style, scheme, palette))
            for opacity in stride(from: 0.0, through: 1, by: 0.05) {
                let mixed = zip(ground, full).map { $0 + opacity * ($1 - $0) }
                #expect(contrast(text, mixed) >= 4.5, "\(style) at \(opacity)")
            }
        }
    }

    /// Red, green and blue of a style's filling, between 0 and 1.
    private func colour(_ style: String, _ scheme: String, _ palette: Palette) -> [Double]? {
        let halves = PictureStyle.sheet(palette).split(separator: "@media")
        let rules = (scheme == "dark" ? halves.last : halves.first)?.split(separator: "\n") ?? []
        let rule = rules.first { rule in
            rule.prefix { $0 != "{" }.split(separator: ",").contains {
                $0.split(separator: " ") == [".timbre", Substring(style)]
            } && rule.contains(" fill: #")
        }
        guard let digits = rule?.split(separator: "fill: #").last?.prefix(6), let number = Int(digits, radix: 16) else {
            return nil
        }
        return [16, 8, 0].map { Double(number >> $0 & 255) / 255 }
    }

    private func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let (darker, lighter) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
        return (lighter + 0.05) / (darker + 0.05)
    }

    private func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
