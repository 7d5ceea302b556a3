/// About how wide a text is in a sans-serif font of this size, in pixels; pictures are laid out without a font at hand.
public func textWidth(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 0.55 : 1) * size }
}

/// The text, or its beginning and an ellipsis if it is longer than so many characters.
public func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    var beginning = text.prefix(limit - 1)
    while beginning.last == " " { beginning.removeLast() }
    return beginning + "…"
}

/// The text, or as much of its beginning as fits the width with an ellipsis behind it.
public func shortened(_ text: String, width: Double, size: Double) -> String {
    guard textWidth(text, size: size) > width else { return text }
    var limit = max(1, Int(width / (0.55 * size)))
    while limit > 1, textWidth(shortened(text, to: limit), size: size) > width { limit -= 1 }
    return shortened(text, to: limit)
}

/// The parts in as few lines as fit the width, joined by commas; a part is never broken.
public func wrapped(_ parts: [String], width: Double, size: Double) -> [String] {
    parts.reduce(into: [String]()) { lines, part in
        let longer = (lines.last.map { $0 + ", " } ?? "") + part
        if lines.isEmpty || textWidth(longer, size: size) > width {
            lines.append(part)
        } else {
            lines[lines.count - 1] = longer
        }
    }
}
