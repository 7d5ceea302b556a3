import Evaluation

/// UA over the values of one axis of the grid under one protocol, all other axes being equal: what one setting is worth.
struct AxisCurve {
    /// One choice on all other axes.
    struct Setting {
        /// What tells it from the others, in a few words.
        let name: String
        /// The cells by value, training seeds together; none where the grid lacks the value.
        let cells: [[CellSummary]]

        /// By value, the mean over training seeds; nil where the grid lacks the value.
        var uar: [Double?] { cells.map { $0.isEmpty ? nil : mean($0.map(\.scores.uar)) } }
        /// Whether the setting has every value, so that it enters the means.
        var isComplete: Bool { !cells.contains(where: \.isEmpty) }
    }

    /// One value of the axis, averaged over the settings that have every value.
    struct Mean {
        let uar: Double
        /// Over speakers, of the mean; nil with fewer than two speakers.
        let interval: Interval?
        /// How many cells enter it.
        let cells: Int
    }

    /// The key path of the axis, such as `head.hidden`.
    let axis: String
    /// Distinguishes curves over one axis from each other, from 0; nil for the only one.
    private(set) var number: Int?
    /// Numbers ascending, words in the order of the grid.
    let values: [String]
    let isNumeric: Bool
    let settings: [Setting]
    /// One entry a value; empty where no setting has every value.
    private(set) var means: [Mean] = []
    let controls: [CellSummary]
    let heading: String
    let protocolSentence: String
    let stamps: [String]

    /// Curves over every axis but layer and training seed, axis by axis in the order of the grid.
    ///
    /// A curve needs a setting with two or more values.
    static func curves(over groups: [ProtocolGroup], stamps: [String], resampling: SpeakerResampling) -> [AxisCurve] {
        let curves = groups.flatMap { group in
            let axes = group.cells.flatMap(\.cell.variantAxes).filter { !$0.isUnder("layer") }.map(\.name).uniqued()
            return measured(
                axes.compactMap { AxisCurve(group, axis: $0, stamps: stamps) }, of: group, resampling: resampling)
        }
        return grouped(curves, by: \.axis).flatMap { $0.count == 1 ? $0 : numbered($0) }
    }

    private static func numbered(_ curves: [AxisCurve]) -> [AxisCurve] {
        curves.enumerated().map { number, curve in
            var curve = curve
            curve.number = number
            return curve
        }
    }

    private init?(_ group: ProtocolGroup, axis: String, stamps: [String]) {
        let cells = group.cells.filter { $0.cell.value(on: axis) != nil }
        let values = ordered(cells.compactMap { $0.cell.value(on: axis) }.uniqued())
        let names = SettingNames(among: cells.map(\.cell), apartFrom: axis)
        let settings = grouped(cells) { SettingKey($0.cell, apartFrom: axis) }.map { members in
            Setting(
                name: names.name(of: members[0].cell),
                cells: values.map { value in members.filter { $0.cell.value(on: axis) == value } })
        }
        guard settings.contains(where: { $0.cells.count { !$0.isEmpty } > 1 }) else { return nil }
        (self.axis, self.values, self.settings, self.stamps) = (axis, values, settings, stamps)
        isNumeric = values.allSatisfy { numeric($0) != nil }
        controls = group.controls
        heading = group.heading
        protocolSentence = group.cells[0].protocolSentence
    }
}

extension AxisCurve {
    /// The settings that enter the means.
    var complete: [Setting] { settings.filter(\.isComplete) }

    var title: String { "UA over \(axis)" }

    var file: String { "axis-\(axis.safeForFiles)\(number.map { "-\($0 + 1)" } ?? "").svg" }

    var pageID: String { "axis-\(axis.safeForPages)\(number.map { "--\($0 + 1)" } ?? "")" }

    /// The curves with their means, for which the speakers are drawn once for each cell and not once more for each axis.
    private static func measured(
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

/// Everything that a cell chooses but its training seed and, if so wanted, its value on one axis.
private struct SettingKey: Hashable {
    let axes: [ReportAxis]
    let encoder, layer: String

    init(_ cell: ReportCell, apartFrom axis: String? = nil) {
        axes = cell.variantAxes.filter { $0.name != axis }
        encoder = axis == "encoder" ? "" : cell.encoder
        layer = cell.layer
    }
}

/// Short names for settings: the axes on which they differ.
private struct SettingNames {
    private let axes: [String]

    init(among cells: [ReportCell], apartFrom axis: String) {
        axes = cells.flatMap(\.variantAxes).map(\.name).uniqued()
            .filter { name in name != axis && Set(cells.map { $0.value(on: name) }).count > 1 }
    }

    func name(of cell: ReportCell) -> String {
        axes.map { "\($0) \(cell.value(on: $0) ?? "–")" }.joined(separator: ", ")
    }
}

/// Numbers ascending, anything else as it is.
private func ordered(_ values: [String]) -> [String] {
    let numbers = values.compactMap(numeric)
    guard numbers.count == values.count else { return values }
    return zip(values, numbers).sorted { $0.1 < $1.1 }.map(\.0)
}

private func numeric(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
