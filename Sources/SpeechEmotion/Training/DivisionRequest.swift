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
        labels = try LabelSet(reader, corpus: setting.labels, under: splitProtocol)
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
    /// Which of them each of several corpora has, in the order of the corpora; empty where there is one.
    var parts: [(corpus: String, classes: [String])] = []

    /// The classes, merged or not, that the corpora of a protocol all have; nil where it compares none.
    func common(under splitProtocol: SplitProtocol, merging: [String: String]) -> [String]? {
        guard let compared = splitProtocol.comparedCorpora(of: parts.map(\.corpus)) else { return nil }
        let merged = parts.filter { compared.contains($0.corpus) }.map { part in
            Set(part.classes.map { merging[$0] ?? $0 })
        }
        return classes.map { merging[$0] ?? $0 }.uniqued().filter { name in merged.allSatisfy { $0.contains(name) } }
    }
}

extension SplitProtocol {
    /// The protocol with its own parameters from `split`, and the names of those that it does not take.
    fileprivate func reading(_ split: ParameterReader) throws -> (SplitProtocol, idle: [String]) {
        let read: SplitProtocol
        let own: [String]
        switch self {
        case .randomStratified(let usual):
            own = ["testFraction"]
            read = .randomStratified(testFraction: try split.value("testFraction", .fraction, default: usual))
        case .randomKFold(let usual):
            own = ["k"]
            read = .randomKFold(k: try split.value("k", .foldCount, default: usual))
        case .speakerKFold(let usual):
            own = ["k"]
            read = .speakerKFold(k: try split.value("k", .foldCount, default: usual))
        case .crossCorpus:
            own = ["train", "test"]
            read = .crossCorpus(
                train: try split.optional("train", .text), test: try split.optional("test", .text))
        default: (own, read) = ([], self)
        }
        return (read, try split.idle(butFor: own))
    }
}

extension ParameterReader {
    /// The parameters of some protocols that are set although this one, which takes its `own`, has no use for them; they are
    /// no part of the cell.
    fileprivate func idle(butFor own: [String]) throws -> [String] {
        func isSet<Value>(_ key: String, _ type: ParameterType<Value>) throws -> Bool {
            try !own.contains(key) && optional(key, type, excludedFromKey: true) != nil
        }
        var idle: [String] = []
        if try isSet("testFraction", .fraction) { idle.append("testFraction") }
        if try isSet("k", .foldCount) { idle.append("k") }
        for key in ["train", "test"] where try isSet(key, .text) { idle.append(key) }
        return idle
    }
}

extension LabelSet {
    /// Reads `labels`: the corpus's own by name, or a mapping with `merge` and `keep`; a protocol that compares corpora keeps
    /// classes that all of them have alone.
    fileprivate init(
        _ reader: ParameterReader, corpus: CorpusLabels, under splitProtocol: SplitProtocol
    ) throws {
        var merging: [String: String] = [:]
        var keep: [String]?
        if reader.isMapping("labels") {
            let labels = try reader.mapping("labels")
            let merge = try labels.optionalMapping("merge")
            for name in merge?.keys ?? [] { merging[name] = try merge?.required(name, .className) }
            keep = try labels.optional("keep", .list(of: .text))
        } else {
            _ = try reader.value("labels", .choice([corpus.name]), default: corpus.name)
        }
        do {
            try self.init(
                of: corpus.classes, merging: merging, keeping: keep,
                common: corpus.common(under: splitProtocol, merging: merging))
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
        text.when("text of at most 100 characters, none of them a control or format character", \.isShortAndSafe)
    }
}

extension String {
    /// Whether a text may stand as a name in tables, pictures, saved heads and programs.
    var isShortAndSafe: Bool {
        count <= 100 && utf8.count <= 400 && !unicodeScalars.contains(where: \.steersDisplay)
    }
}

extension ParameterType where Value == Int {
    /// A number of folds.
    fileprivate static var foldCount: Self { .wholeNumber(in: 2...SplitProtocol.mostFolds) }
}

extension ParameterType where Value == Double {
    /// A share between 0 and 1, both excluded.
    static var fraction: Self {
        ParameterType.number(in: 0...1).when("a number between 0 and 1") { $0 > 0 && $0 < 1 }
    }
}
