import Diagnosis

/// One picture: a panel of its own with a title and a description for those who cannot see it.
///
/// It needs nothing from outside, holds no script, and can stand alone in a file as well as inside an HTML page: its
/// style is scoped to its own class, the same in every picture, and its ids begin with ``id``.
public struct SVGDocument {
    /// Distinct among the pictures of a page; letters, digits and hyphens.
    public let id: String
    /// Pixels at natural size.
    public let width, height: Double
    /// What the picture shows, in a few words.
    public let title: String
    /// What the picture says, for those who cannot see it.
    public let description: String
    /// What is drawn, in order, each a piece of XML.
    public private(set) var elements: [String] = []

    /// An empty panel of this size.
    public init(id: String, width: Double, height: Double, title: String, description: String) {
        self.id = id
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// The picture as a file of its own, style included.
    public func text(in palette: Palette = .blue) -> String {
        rendered(style: "<style>\n\(PictureStyle.sheet(palette))\n</style>\n")
    }

    /// The picture for a page that has ``PictureStyle/sheet(_:)`` once for all of them.
    public var inlined: String { rendered(style: "") }

    private func rendered(style: String) -> String {
        let size = "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\""
        let box = "viewBox=\"0 0 \(coordinate(width)) \(coordinate(height))\""
        let opening = """
            <svg xmlns="http://www.w3.org/2000/svg" class="timbre" role="img" \
            aria-labelledby="\(id)-title \(id)-desc" \(size) \(box)>
            <title id="\(id)-title">\(xml(title))</title>
            <desc id="\(id)-desc">\(xml(description))</desc>
            \(style)<rect class="panel" \(size)/>
            """
        return ([opening] + elements + ["</svg>"]).joined(separator: "\n") + "\n"
    }
}

/// Where a text stands relative to its point.
public enum TextAnchor: String {
    /// Its beginning, its middle or its end is at the point.
    case start, middle, end
}

extension SVGDocument {
    /// A line of text with its baseline at (x, y), turned clockwise about that point by `angle` degrees.
    public mutating func addText(
        _ text: String, x: Double, y: Double, style: String, anchor: TextAnchor = .start, angle: Double = 0
    ) {
        let turn = angle == 0 ? "" : " transform=\"rotate(\(coordinate(angle)) \(coordinate(x)) \(coordinate(y)))\""
        elements.append(
            "<text class=\"\(style)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" "
                + "text-anchor=\"\(anchor.rawValue)\"\(turn)>\(xml(text))</text>")
    }

    /// A straight line.
    public mutating func addLine(from start: Point, to end: Point, style: String) {
        elements.append(
            "<line class=\"\(style)\" x1=\"\(coordinate(start.x))\" y1=\"\(coordinate(start.y))\" "
                + "x2=\"\(coordinate(end.x))\" y2=\"\(coordinate(end.y))\"/>")
    }

    /// Straight lines from point to point.
    public mutating func addPolyline(_ points: [Point], style: String) {
        let list = points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
        elements.append("<polyline class=\"\(style)\" points=\"\(list)\"/>")
    }

    /// A circle.
    public mutating func addCircle(at centre: Point, radius: Double, style: String) {
        elements.append(
            "<circle class=\"\(style)\" cx=\"\(coordinate(centre.x))\" cy=\"\(coordinate(centre.y))\" "
                + "r=\"\(coordinate(radius))\"/>")
    }

    /// A rectangle with its corner at (x, y), filled as far as `opacity` says.
    public mutating func addRectangle(
        x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double = 1
    ) {
        let filling = opacity == 1 ? "" : " fill-opacity=\"\(fixed(opacity, digits: 3))\""
        elements.append(
            "<rect class=\"\(style)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" width=\"\(coordinate(width))\" "
                + "height=\"\(coordinate(height))\"\(filling)/>")
    }

    /// What `draw` draws, with a tip that is shown where the pointer rests on it.
    ///
    /// - Parameter data: facts for a page's script, as `data-NAME` attributes.
    public mutating func addGroup(
        tip: String, data: [(name: String, value: String)] = [], _ draw: (inout SVGDocument) -> Void
    ) {
        let attributes = data.map { " data-\($0.name)=\"\(xml($0.value))\"" }.joined()
        elements.append("<g\(attributes)><title>\(xml(tip))</title>")
        draw(&self)
        elements.append("</g>")
    }
}

/// A place in a picture, in pixels from the upper left corner.
public struct Point: Equatable, Sendable {
    /// Pixels from the left and from the top.
    public let x, y: Double

    /// A place in pixels.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A length in pixels with two digits after the point at most.
func coordinate(_ value: Double) -> String {
    var text = fixed(value, digits: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" || text.isEmpty ? "0" : text
}

/// Text for use in XML and HTML: markup escaped, white space made plain, what steers a display shown as its number, and
/// the two other characters that XML 1.0 does not allow replaced.
public func xml(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\n", "\r", "\t": result += " "
        case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        case _ where scalar.steersDisplay: result += scalar.escaped
        default: result.unicodeScalars.append(scalar)
        }
    }
}
