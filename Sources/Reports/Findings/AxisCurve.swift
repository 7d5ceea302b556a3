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
    var means: [Mean] = []
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
}

/// Numbers ascending, anything else as it is.
private func ordered(_ values: [String]) -> [String] {
    let numbers = values.compactMap(numeric)
    guard numbers.count == values.count else { return values }
    return zip(values, numbers).sorted { $0.1 < $1.1 }.map(\.0)
}

private func numeric(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
