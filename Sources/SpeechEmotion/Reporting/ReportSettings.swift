import Drawing
import Evaluation
import Pipeline
import Reports

/// The parameters of a report stage.
struct ReportSettings {
    let published: [PublishedResult]
    let bootstrap: SpeakerBootstrap
    let selection: SelectionRequest?
    let comparison: ComparisonRequest
    let pictures: Int
    let labels: ReportLabels
    let claimedConfusions: [ClaimedConfusion]
    let palette: Palette

    /// Reads them for a report on these cells of a corpus with these classes, whose grid has these axes.
    init(_ reader: ParameterReader, cells: [TrainingCell], axes: [String], corpusClasses: [String]) throws {
        published = try reader.mappings("published").map(PublishedResult.init)
        let interval = try reader.mappingOrDefaults("bootstrap")
        bootstrap = SpeakerBootstrap(
            draws: try interval.value("draws", .wholeNumber(in: 100...1_000_000), default: 10_000),
            confidence: try interval.value("confidence", .fraction, default: 0.95),
            seed: try interval.value("seed", .seed, default: 0))
        selection = try reader.optionalMapping("select").map {
            try SelectionRequest($0, cells: cells, axes: axes)
        }
        comparison = try ComparisonRequest(reader, cells: cells)
        pictures = try reader.value("pictures", .wholeNumber(in: 0...100_000), default: 12)
        palette = try reader.value("palette", .choice(of: Palette.self), default: .blue)
        labels = try ReportLabels(reader, cells: cells)
        claimedConfusions = try Self.claimedConfusions(
            reader, known: (cells.flatMap(\.division.labels.classes) + corpusClasses).uniqued())
    }

    private static func claimedConfusions(
        _ reader: ParameterReader, known: [String]
    ) throws -> [ClaimedConfusion] {
        let pair = ParameterType<[String]>.list(of: .text).when("two names of classes, as in [neutral, calm]") {
            $0.count == 2 && $0[0] != $0[1]
        }
        let claims = try reader.value("claimedConfusions", .list(of: pair), default: [])
        if let unknown = claims.flatMap({ $0 }).first(where: { !known.contains($0) }) {
            throw reader.diagnosis(
                "there is no such class to be confused", at: "claimedConfusions", found: "\"\(unknown)\"",
                expected: "classes of the corpus or of a cell: \(known.joined(separator: ", "))")
        }
        return claims.map { ClaimedConfusion($0[0], $0[1]) }
    }
}

extension SelectionRequest {
    /// Reads `select`, and refuses what no choice can be made among or by.
    fileprivate init(_ reader: ParameterReader, cells: [TrainingCell], axes: [String]) throws {
        let criterion = try reader.value("by", .choice(of: Criterion.self), default: .uaValidation)
        let over = try reader.required("over", .oneOrMore(of: .text))
        self.init(criterion: criterion, axes: over)
        let choosable = axes.map { ReportAxis(name: $0, value: "") }.filter { axis in
            !axis.isDividing && !Self.unchoosable(by: criterion).contains(where: axis.isUnder)
        }
        if let unknown = over.first(where: { name in !choosable.contains { $0.isUnder(name) } }) {
            throw reader.diagnosis(
                "there is nothing to choose among", at: "over", found: "\"\(unknown)\"",
                expected: choosable.isEmpty
                    ? "a list in the train stage"
                    : "axes of the grid: \(choosable.map(\.name).joined(separator: ", "))",
                remedy: "what decides the clips, the labels or the scale of a figure is no choice: such figures "
                    + "cannot be compared")
        }
        guard cells.allSatisfy({ $0.division.validation != .none || $0.division.splitProtocol.bringsValidation }) else {
            throw reader.diagnosis(
                "selection needs validation clips", at: "by", found: "cells without any",
                expected: "earlyStopping: {patience: 3, validation: {speakers: 2}} in the train stage")
        }
    }

    /// Axes that, beside those that divide the corpus, decide which clips are validated on or on which scale the criterion
    /// is.
    private static func unchoosable(by criterion: Criterion) -> [String] {
        ["split", "earlyStopping.validation", "saveHeads"]
            + (criterion == .lossValidation ? ["loss"] : [])
    }
}

extension SplitProtocol {
    /// Whether folds may have a validation part without a rule that makes one.
    fileprivate var bringsValidation: Bool {
        switch self {
        case .pepino2324: true
        case .listed(let folds): folds.rows.contains { $0.part == .validation }
        default: false
        }
    }
}

extension ComparisonRequest {
    /// Reads `compare`.
    fileprivate init(_ reader: ParameterReader, cells: [TrainingCell]) throws {
        let ids = cells.map(\.id)
        let known = try reader.optional("compare", .word)
        switch known {
        case nil: self = .automatic
        case "all": self = .all
        case "first": self = .first
        case let id? where ids.contains(id): self = .with(cell: id)
        case let other?:
            throw reader.diagnosis(
                "no cell can be compared with this", at: "compare", found: "\"\(other)\"",
                expected: "all, first, or a cell's id such as \(ids[0])",
                remedy: "cells.csv in the report lists the ids")
        }
    }
}

extension PublishedResult {
    /// Reads one row of a report stage's `published`: figures in per cent, as papers print them.
    fileprivate init(_ reader: ParameterReader) throws {
        func share(_ key: String) throws -> Double? { try reader.optional(key, .number(in: 0...100)).map { $0 / 100 } }
        let name = try reader.required("protocol", .text)
        let known = (try? SplitProtocol(named: name))?.summary
        let summary =
            try known.map { try reader.value("protocolSummary", .text, default: $0) }
            ?? reader.required("protocolSummary", .text)
        self.init(
            source: try reader.required("source", .text), protocolName: name,
            protocolSummary: summary, uar: try share("ua"),
            accuracy: try share("accuracy"), macroF1: try share("macroF1"), note: try reader.optional("note", .text))
    }
}
