import Evaluation

extension AxisCurve {
    /// The curves with their means, for which the speakers are drawn once for each cell and not once more for each axis.
    static func measured(
        _ curves: [AxisCurve], of group: ProtocolGroup, resampling: SpeakerResampling
    ) -> [AxisCurve] {
        var draws = curves.map { DrawnMeans(of: $0) }
        for seeds in grouped(group.cells, by: { SettingKey($0.cell) }) {
            let places = draws.map { $0.place(of: seeds[0].cell) }
            guard places.contains(where: { $0 != nil }) else { continue }
            let uar = resampling.meanUAR(of: seeds)
            for (index, place) in places.enumerated() { place.map { draws[index].add(uar, at: $0) } }
        }
        return zip(curves, draws).map { curve, draws in
            var curve = curve
            let complete = curve.complete
            guard !complete.isEmpty else { return curve }
            curve.means = curve.values.indices.map { value in
                Mean(
                    uar: mean(complete.compactMap { $0.uar[value] }),
                    interval: draws.sums[value].map { resampling.interval(of: $0) },
                    cells: complete.reduce(0) { $0 + $1.cells[value].count })
            }
            return curve
        }
    }
}

/// UA by draw of the speakers, summed over the settings that enter the means of one curve.
private struct DrawnMeans {
    private let axis: String
    private let places: [String: Int]
    private let share: Double
    private let keys: Set<SettingKey>
    /// One entry a value, each one UA a draw; nil where a cell has fewer than two speakers.
    private(set) var sums: [[Double]?]

    init(of curve: AxisCurve) {
        axis = curve.axis
        places = Dictionary(uniqueKeysWithValues: curve.values.enumerated().map { ($1, $0) })
        let complete = curve.complete
        share = 1 / Double(max(1, complete.count))
        keys = Set(complete.compactMap { $0.cells.first?.first }.map { SettingKey($0.cell, apartFrom: curve.axis) })
        sums = Array(repeating: [], count: curve.values.count)
    }

    /// The place of a cell's value, if its setting enters the means.
    func place(of cell: ReportCell) -> Int? {
        keys.contains(SettingKey(cell, apartFrom: axis)) ? cell.value(on: axis).flatMap { places[$0] } : nil
    }

    /// Adds UA by draw, averaged over the training seeds of one setting with this value.
    mutating func add(_ uar: [Double]?, at place: Int) {
        guard let uar, var sum = sums[place] else {
            sums[place] = nil
            return
        }
        sums[place] = nil
        if sum.isEmpty { sum = Array(repeating: 0, count: uar.count) }
        for draw in uar.indices { sum[draw] += share * uar[draw] }
        sums[place] = sum
    }
}
