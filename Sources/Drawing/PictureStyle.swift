/// The one style of all pictures, light and dark.
///
/// The panel has a ground of its own in both, so that a picture stays legible on any page. Training and validation
/// differ in hue (blue and vermilion of Okabe and Ito, which colour-blind readers tell apart) and in dash. A confusion
/// matrix's fields go from the ground to the palette's colour, on which the text stays legible too; where
/// two matrices are compared, blue is more and orange fewer, and a sign says it too.
public enum PictureStyle {
    /// The style sheet, in which shares have the palette's colour.
    public static func sheet(_ palette: Palette) -> String {
        """
        \(light)
        .timbre .heat { fill: \(palette.light.hex); stroke: #d0d7de; }
        @media screen and (prefers-color-scheme: dark) {
        \(dark)
        .timbre .heat { fill: \(palette.dark.hex); stroke: #3d444d; }
        }
        """
    }

    private static let light = """
        .timbre { font-family: sans-serif; font-size: 12px; }
        .timbre .panel { fill: #ffffff; }
        .timbre text { fill: #1f2328; }
        .timbre .title { font-size: 15px; font-weight: bold; }
        .timbre .note { fill: #57606a; }
        .timbre .count { font-size: 14px; }
        .timbre .share { font-size: 11px; }
        .timbre .more { fill: #4f9bd9; stroke: #d0d7de; }
        .timbre .fewer { fill: #e8804a; stroke: #d0d7de; }
        .timbre .grid { stroke: #d8dee4; stroke-width: 1; }
        .timbre .axis { stroke: #57606a; stroke-width: 1; }
        .timbre .train, .timbre .validation { fill: none; stroke-linejoin: round; }
        .timbre .train { stroke: #0072b2; stroke-width: 2.5; }
        .timbre .validation { stroke: #d55e00; stroke-width: 2.5; stroke-dasharray: 7 4; }
        .timbre .fold { stroke-width: 1; stroke-opacity: 0.4; stroke-dasharray: none; }
        .timbre .kept { fill: #ffffff; stroke: #1f2328; stroke-width: 1.5; }
        .timbre .control { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 2 4; }
        .timbre .series0, .timbre .series1, .timbre .series2, .timbre .series3 { fill: none; stroke-width: 2; }
        .timbre .series0 { stroke: #0072b2; }
        .timbre .series1 { stroke: #d55e00; stroke-dasharray: 7 4; }
        .timbre .series2 { stroke: #007a5a; stroke-dasharray: 2 3; }
        .timbre .series3 { stroke: #a6507f; stroke-dasharray: 9 3 2 3; }
        .timbre .bar { stroke-width: 1.5; stroke-opacity: 0.6; stroke-dasharray: none; }
        .timbre .seed { stroke-width: 1; stroke-opacity: 0.6; stroke-dasharray: none; }
        .timbre .faint { stroke-width: 1; stroke-opacity: 0.5; stroke-dasharray: 3 3; }
        .timbre .setting { fill: none; stroke: #57606a; stroke-width: 1; stroke-opacity: 0.6; }
        .timbre .band { fill: #57606a; fill-opacity: 0.15; }
        .timbre .dot { stroke-dasharray: none; }
        .timbre .setting.dot { fill: #57606a; fill-opacity: 0.6; stroke: none; }
        .timbre .series0.dot { fill: #0072b2; }
        .timbre .series1.dot { fill: #ffffff; }
        .timbre .series2.dot { fill: #007a5a; }
        .timbre .series3.dot { fill: #ffffff; }
        """

    private static let dark = """
        .timbre .panel { fill: #161b22; }
        .timbre text { fill: #e6edf3; }
        .timbre .note { fill: #9da7b3; }
        .timbre .more { fill: #1d66a8; stroke: #3d444d; }
        .timbre .fewer { fill: #a34700; stroke: #3d444d; }
        .timbre .grid { stroke: #30363d; }
        .timbre .axis { stroke: #9da7b3; }
        .timbre .train { stroke: #56b4e9; }
        .timbre .validation { stroke: #ff8c42; }
        .timbre .kept { fill: #161b22; stroke: #e6edf3; }
        .timbre .control { stroke: #9da7b3; }
        .timbre .series0 { stroke: #56b4e9; }
        .timbre .series1 { stroke: #ff8c42; }
        .timbre .series2 { stroke: #3fbf95; }
        .timbre .series3 { stroke: #e08ab8; }
        .timbre .setting { stroke: #9da7b3; }
        .timbre .band, .timbre .setting.dot { fill: #9da7b3; }
        .timbre .series0.dot { fill: #56b4e9; }
        .timbre .series1.dot, .timbre .series3.dot { fill: #161b22; }
        .timbre .series2.dot { fill: #3fbf95; }
        """
}
