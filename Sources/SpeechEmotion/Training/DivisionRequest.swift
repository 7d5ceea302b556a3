import Diagnosis
import Evaluation
import FeatureStore
import Pipeline

/// How a cell wants the corpus divided; cells that want the same share the folds.
struct DivisionRequest: Sendable {
    let splitProtocol: SplitProtocol
    /// Draws random splits and validation speakers; the same for every training seed, so that seeds share their folds.
    let seed: UInt64
    let validation: ValidationRule
    let allowSpeakerOverlap: Bool
    let labels: LabelSet
    /// SHA-256 of the file that lists one's own folds; nil for a named protocol.
    let foldsFile: Digest?
    /// Parameters under `split` that the protocol does not take; another protocol of the grid may.
    let idleParameters: [String]
}

extension DivisionRequest: Hashable {
    /// A list of one's own is known by the digest of its file: it may have tens of thousands of rows.
    private struct Identity: Hashable {
        let splitProtocol: SplitProtocol?
        let foldsFile: Digest?
        let seed: UInt64
        let validation: ValidationRule
        let allowSpeakerOverlap: Bool
        let labels: LabelSet

        init(_ request: DivisionRequest) {
            foldsFile = request.foldsFile
            splitProtocol = request.foldsFile == nil ? request.splitProtocol : nil
            (seed, validation) = (request.seed, request.validation)
            (allowSpeakerOverlap, labels) = (request.allowSpeakerOverlap, request.labels)
        }
    }

    static func == (left: DivisionRequest, right: DivisionRequest) -> Bool { Identity(left) == Identity(right) }

    func hash(into hasher: inout Hasher) { hasher.combine(Identity(self)) }
}

extension DivisionRequest {
    /// Reads `protocol` or `folds`, `split`, `allowSpeakerOverlap` and `labels`.
    init(_ reader: ParameterReader, validation: ValidationRule, setting: CellSetting) throws {
        let split = try reader.mappingOrDefaults("split")
        seed = try split.value("seed", .seed, default: 0)
        let name = try reader.optional("protocol", .choice(SplitProtocol.names))
        let file = try reader.optional("folds", .text, excludedFromKey: true)
        switch (name, file) {
        case (let name?, nil):
            (splitProtocol, idleParameters) = try SplitProtocol(named: name).reading(split)
            foldsFile = nil
        case (nil, let file?):
            let folds = try setting.foldFiles.folds(in: file)
            splitProtocol = .listed(folds.listed)
            foldsFile = folds.digest
            idleParameters = []
        default:
            throw reader.diagnosis(
                "a train stage needs to know how to split", at: name == nil ? "protocol" : "folds",
                found: name == nil ? "neither `protocol` nor `folds`" : "both `protocol` and `folds`",
                expected: "protocol: \(SplitProtocol.names.joined(separator: " | ")), or folds: FILE.csv")
        }
        self.validation = validation
        allowSpeakerOverlap = try reader.value("allowSpeakerOverlap", .bool, default: false)
        labels = try LabelSet(reader, corpus: setting.labels)
    }
}

/// What lies outside a train stage's parameters and is needed to read them.
struct CellSetting: Sendable {
    let labels: CorpusLabels
    let foldFiles: FoldFiles
}

/// The classes of a corpus and what stage files call all of them together.
struct CorpusLabels: Sendable {
    let classes: [String]
    /// Such as "ravdess-8".
    let name: String
}

extension SplitProtocol {
    /// The protocol with its own parameters from `split`, and the names of those that it does not take.
    fileprivate func reading(_ split: ParameterReader) throws -> (SplitProtocol, idle: [String]) {
        var idle: [String] = []
        func fraction(_ usual: Double?) throws -> Double {
            try split.parameter("testFraction", .fraction, default: usual, idle: &idle) ?? 0
        }
        func folds(_ usual: Int?) throws -> Int {
            try split.parameter("k", .foldCount, default: usual, idle: &idle) ?? 0
        }
        switch self {
        case .randomStratified(let usual):
            _ = try folds(nil)
            return (.randomStratified(testFraction: try fraction(usual)), idle)
        case .randomKFold(let usual):
            _ = try fraction(nil)
            return (.randomKFold(k: try folds(usual)), idle)
        case .speakerKFold(let usual):
            _ = try fraction(nil)
            return (.speakerKFold(k: try folds(usual)), idle)
        default:
            _ = (try fraction(nil), try folds(nil))
            return (self, idle)
        }
    }
}

extension ParameterReader {
    /// A parameter with a default where the protocol takes it; without one it is no part of the cell and, if set, idle.
    fileprivate func parameter<Value>(
        _ key: String, _ type: ParameterType<Value>, default usual: Value?, idle: inout [String]
    ) throws -> Value? {
        if let usual { return try value(key, type, default: usual) }
        if try optional(key, type, excludedFromKey: true) != nil { idle.append(key) }
        return nil
    }
}

extension LabelSet {
    /// Reads `labels`: the corpus's own by name, or a mapping with `merge` and `keep`.
    fileprivate init(_ reader: ParameterReader, corpus: CorpusLabels) throws {
        guard reader.isMapping("labels") else {
            _ = try reader.value("labels", .choice([corpus.name]), default: corpus.name)
            self = try LabelSet(of: corpus.classes)
            return
        }
        let labels = try reader.mapping("labels")
        let merge = try labels.optionalMapping("merge")
        let pairs = try (merge?.keys ?? []).map { ($0, try merge?.required($0, .className) ?? $0) }
        let keep = try labels.optional("keep", .list(of: .text))
        do {
            self = try LabelSet(of: corpus.classes, merging: Dictionary(uniqueKeysWithValues: pairs), keeping: keep)
        } catch let error as EvaluationError {
            let fact = error.diagnosis
            throw reader.diagnosis(
                fact.what, at: "labels", found: fact.found, expected: fact.expected, remedy: fact.remedy)
        }
    }
}

extension ParameterType where Value == String {
    /// The name of a class, which stands in tables, pictures, saved heads and programs.
    static var className: Self {
        text.when("text of at most 100 characters, none of them a control or format character") { name in
            name.count <= 100 && name.utf8.count <= 400 && !name.unicodeScalars.contains(where: \.steersDisplay)
        }
    }
}

extension ParameterType where Value == Int {
    /// A number of folds.
    fileprivate static var foldCount: Self { .wholeNumber(in: 2...10_000) }
}

extension ParameterType where Value == Double {
    /// A share between 0 and 1, both excluded.
    static var fraction: Self {
        ParameterType.number(in: 0...1).when("a number between 0 and 1") { $0 > 0 && $0 < 1 }
    }
}
