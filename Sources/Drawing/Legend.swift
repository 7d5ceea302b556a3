/// What lines and marks mean, one entry behind the other and on further rows where they do not fit.
public struct Legend {
    /// What an entry shows before its name.
    public enum Mark {
        /// A piece of the line of this style.
        case line(String)
        /// A circle of this style.
        case circle(String)
        /// A filled field of this style.
        case field(String)
    }

    private let entries: [(mark: Mark, name: String)]
    private let size = 12.0
    private let rowHeight = 18.0

    /// A legend with these entries.
    public init(_ entries: [(mark: Mark, name: String)]) { self.entries = entries }

    /// How much room it needs below its first baseline.
    public func height(within width: Double) -> Double { rowHeight * Double(rows(within: width).count - 1) }

    /// Draws it from `x` on with its first baseline at `y`.
    public func draw(on document: inout SVGDocument, x: Double, y: Double, within width: Double) {
        for (row, entries) in rows(within: width).enumerated() {
            var place = x
            for entry in entries { draw(entry, at: &place, y + rowHeight * Double(row), on: &document) }
        }
    }

    private func rows(within width: Double) -> [[(mark: Mark, name: String)]] {
        var place = 0.0
        return entries.reduce(into: [[]]) { rows, entry in
            let room = entry.mark.room + textWidth(entry.name, size: size)
            if place > 0, place + room > width {
                rows.append([])
                place = 0
            }
            rows[rows.count - 1].append(entry)
            place += room + 14
        }
    }

    private func draw(
        _ entry: (mark: Mark, name: String), at place: inout Double, _ y: Double, on document: inout SVGDocument
    ) {
        switch entry.mark {
        case .line(let style):
            document.addPolyline([Point(x: place, y: y - 4), Point(x: place + 30, y: y - 4)], style: style)
        case .circle(let style): document.addCircle(at: Point(x: place + 6, y: y - 4), radius: 4, style: style)
        case .field(let style):
            document.addRectangle(x: place, y: y - 10, width: 12, height: 12, style: style)
        }
        document.addText(entry.name, x: place + entry.mark.room, y: y, style: "name")
        place += entry.mark.room + textWidth(entry.name, size: size) + 14
    }
}

extension Legend.Mark {
    /// The width of the mark and the gap behind it.
    fileprivate var room: Double {
        switch self {
        case .line: 36
        case .circle: 16
        case .field: 18
        }
    }
}
