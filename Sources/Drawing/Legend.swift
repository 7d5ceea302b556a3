/// What lines and marks mean, one entry behind the other and on further rows where they do not fit.
///
/// A name that is wider than a whole row is shortened.
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

    private typealias Entry = (mark: Mark, name: String)

    private let entries: [(mark: Mark, name: String)]
    private let size = 12.0
    private let rowHeight = 18.0
    private let gap = 14.0

    /// A legend with these entries.
    public init(_ entries: [(mark: Mark, name: String)]) { self.entries = entries }

    /// How much room it needs below its first baseline.
    public func height(within width: Double) -> Double { rowHeight * Double(rows(within: width).count - 1) }

    /// Draws it from `x` on with its first baseline at `y`.
    public func draw(on document: inout SVGDocument, x: Double, y: Double, within width: Double) {
        for (row, entries) in rows(within: width).enumerated() {
            var place = x
            for entry in entries {
                draw(entry, at: Point(x: place, y: y + rowHeight * Double(row)), on: &document)
                place += room(of: entry) + gap
            }
        }
    }

    private func rows(within width: Double) -> [[Entry]] {
        var place = 0.0
        return entries.reduce(into: [[]]) { rows, whole in
            let entry = (whole.mark, shortened(whole.name, width: width - whole.mark.room, size: size))
            if place > 0, place + room(of: entry) > width {
                rows.append([])
                place = 0
            }
            rows[rows.count - 1].append(entry)
            place += room(of: entry) + gap
        }
    }

    private func room(of entry: Entry) -> Double { entry.mark.room + textWidth(entry.name, size: size) }

    private func draw(_ entry: Entry, at place: Point, on document: inout SVGDocument) {
        switch entry.mark {
        case .line(let style):
            document.addPolyline(
                [Point(x: place.x, y: place.y - 4), Point(x: place.x + 30, y: place.y - 4)], style: style)
        case .circle(let style):
            document.addCircle(at: Point(x: place.x + 6, y: place.y - 4), radius: 4, style: style)
        case .field(let style):
            document.addRectangle(x: place.x, y: place.y - 10, width: 12, height: 12, style: style)
        }
        document.addText(entry.name, x: place.x + entry.mark.room, y: place.y, style: "name")
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
