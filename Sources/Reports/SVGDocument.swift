/// One picture: a panel of its own with a title and a description for those who cannot see it.
///
/// It needs nothing from outside, holds no script, and can stand alone in a file as well as inside an HTML page: its
/// style is scoped to its own class, the same in every picture, and its ids begin with ``id``.
struct SVGDocument {
    /// Distinct among the pictures of a page; letters, digits and hyphens.
    let id: String
    /// Pixels at natural size.
    let width, height: Double
    let title, description: String
    private(set) var elements: [String] = []

    init(id: String, width: Double, height: Double, title: String, description: String) {
        self.id = id
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    var text: String {
        let size = "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\""
        let box = "viewBox=\"0 0 \(coordinate(width)) \(coordinate(height))\""
        let opening = """
            <svg xmlns="http://www.w3.org/2000/svg" class="timbre" role="img" \
            aria-labelledby="\(id)-title \(id)-desc" \(size) \(box)>
            <title id="\(id)-title">\(xml(title))</title>
            <desc id="\(id)-desc">\(xml(description))</desc>
            <style>
            \(PictureStyle.sheet)
            </style>
            <rect class="panel" \(size)/>
            """
        return ([opening] + elements + ["</svg>"]).joined(separator: "\n") + "\n"
    }
}

/// Where a text stands relative to its point.
enum TextAnchor: String {
    case start, middle, end
}

extension SVGDocument {
    /// A line of text with its baseline at (x, y), turned clockwise about that point by `angle` degrees.
    mutating func addText(
        _ text: String, x: Double, y: Double, style: String, anchor: TextAnchor = .start, angle: Double = 0
    ) {
        let turn = angle == 0 ? "" : " transform=\"rotate(\(coordinate(angle)) \(coordinate(x)) \(coordinate(y)))\""
        elements.append(
            "<text class=\"\(style)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" "
                + "text-anchor=\"\(anchor.rawValue)\"\(turn)>\(xml(text))</text>")
    }

    mutating func addLine(from start: Point, to end: Point, style: String) {
        elements.append(
            "<line class=\"\(style)\" x1=\"\(coordinate(start.x))\" y1=\"\(coordinate(start.y))\" "
                + "x2=\"\(coordinate(end.x))\" y2=\"\(coordinate(end.y))\"/>")
    }

    mutating func addPolyline(_ points: [Point], style: String) {
        let list = points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
        elements.append("<polyline class=\"\(style)\" points=\"\(list)\"/>")
    }

    mutating func addCircle(at centre: Point, radius: Double, style: String) {
        elements.append(
            "<circle class=\"\(style)\" cx=\"\(coordinate(centre.x))\" cy=\"\(coordinate(centre.y))\" "
                + "r=\"\(coordinate(radius))\"/>")
    }

    /// A rectangle with its corner at (x, y), filled as far as `opacity` says.
    mutating func addRectangle(
        x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double
    ) {
        elements.append(
            "<rect class=\"\(style)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" width=\"\(coordinate(width))\" "
                + "height=\"\(coordinate(height))\" fill-opacity=\"\(fixed(opacity, digits: 3))\"/>")
    }
}

/// A place in a picture, in pixels from the upper left corner.
struct Point: Equatable {
    let x, y: Double
}

/// A length in pixels with two digits after the point at most.
func coordinate(_ value: Double) -> String {
    var text = fixed(value, digits: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" || text.isEmpty ? "0" : text
}

/// Text for use in XML: markup escaped, characters that XML 1.0 does not allow replaced.
func xml(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\n", "\r", "\t": result += " "
        case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
}
