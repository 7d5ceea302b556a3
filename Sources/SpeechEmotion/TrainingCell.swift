import EmotionHead
import Evaluation
import FeatureStore
import Pipeline

/// One point of a train stage's grid: how to split, what the head sees, how it is trained.
struct TrainingCell: Sendable {
    let splitProtocol: SplitProtocol
    /// Draws random splits and validation speakers; the same for every training seed, so that seeds share their folds.
    let splitSeed: UInt64
    let validation: ValidationRule
    let allowSpeakerOverlap: Bool
    /// Which pooled hidden state the head sees.
    let layer: Int
    let standardize: StandardizationMode
    let recipe: TrainingRecipe
    /// SHA-256 of the cell's parsed parameters.
    let digest: Digest

    /// A short name for tables and files: the first eight digits of the digest.
    var id: String { String(digest.description.prefix(8)) }

    /// Whether results under this cell may be called speaker-independent.
    var isSpeakerIndependent: Bool { splitProtocol.isSpeakerIndependent && !allowSpeakerOverlap }

    /// Reads a point of the grid.
    init(_ reader: ParameterReader) throws {
        let split = try SplitParameters(reader)
        splitProtocol = split.splitProtocol
        splitSeed = split.seed
        allowSpeakerOverlap = try reader.value("allowSpeakerOverlap", .bool, default: false)
        layer = try reader.required("layer", .wholeNumber(in: 0...))
        standardize = try reader.value("standardize", .choice(of: StandardizationMode.self), default: .none)
        let stopping = try StoppingParameters(reader)
        validation = stopping.validation
        recipe = try TrainingRecipe(reader, earlyStopping: stopping.earlyStopping)
        digest = Digest.of(
            ["training cell"] + [try reader.finish().encoded.map { String($0, radix: 16) }.joined(separator: " ")])
    }

    /// The head and its training in a few words; cells that differ by seed only have the same.
    var headSummary: String {
        let widths = (recipe.hidden.map(String.init)).joined(separator: "-")
        let head = recipe.hidden.isEmpty ? "logistic regression" : "MLP \(widths), dropout \(recipe.dropout)"
        let optimizer = "AdamW \(recipe.optimizer.learningRate), weight decay \(recipe.optimizer.weightDecay)"
        let standardized = standardize == .none ? "" : ", standardised by \(standardize.rawValue)"
        return
            "\(head), \(optimizer), \(recipe.schedule.words), batch \(recipe.batch), \(recipe.epochs) epochs\(standardized)"
    }
}

/// The parameters that say how clips are split.
private struct SplitParameters {
    let splitProtocol: SplitProtocol
    let seed: UInt64

    init(_ reader: ParameterReader) throws {
        let named = try SplitProtocol(named: reader.required("protocol", .choice(SplitProtocol.names)))
        let split = try reader.mappingOrDefaults("split")
        seed = try split.value("seed", .seed, default: 0)
        if case .randomStratified(let usual) = named {
            let share = try split.value("testFraction", .fraction, default: usual)
            splitProtocol = .randomStratified(testFraction: share)
        } else {
            splitProtocol = named
        }
    }
}

/// The parameters of early stopping and of the validation part that it watches.
private struct StoppingParameters {
    let earlyStopping: EarlyStopping?
    let validation: ValidationRule

    init(_ reader: ParameterReader) throws {
        guard let stopping = try reader.optionalMapping("earlyStopping") else {
            (earlyStopping, validation) = (nil, .none)
            return
        }
        let monitor = try stopping.value("monitor", .choice(of: EarlyStopping.Monitor.self), default: .loss)
        earlyStopping = EarlyStopping(
            monitor: monitor, patience: try stopping.required("patience", .wholeNumber(in: 1...)))
        let part = try stopping.mapping("validation")
        let speakers = try part.optional("speakers", .wholeNumber(in: 1...))
        let fraction = try part.optional("fraction", .fraction)
        switch (speakers, fraction) {
        case (let speakers?, nil): validation = .speakers(speakers)
        case (nil, let fraction?): validation = .fraction(fraction)
        default:
            throw stopping.diagnosis(
                "early stopping needs to know what it watches", at: "validation",
                found: speakers == nil ? "neither `speakers` nor `fraction`" : "both `speakers` and `fraction`",
                expected: "validation: {speakers: 2} or validation: {fraction: 0.1}")
        }
    }
}

extension TrainingRecipe {
    /// Reads the head, the optimiser and the course of training.
    fileprivate init(_ reader: ParameterReader, earlyStopping: EarlyStopping?) throws {
        let head = try reader.mappingOrDefaults("head")
        let hidden = try head.value("hidden", .hiddenWidths, default: .first(256))
        let optimizer = try reader.mapping("optimizer")
        _ = try optimizer.value("kind", .choice(["adamw"]), default: "adamw")
        self.init(
            hidden: hidden.widths,
            dropout: try head.value("dropout", .number(in: 0..<1), default: 0.3),
            optimizer: try AdamW(optimizer),
            schedule: try Schedule(reader),
            batch: try reader.required("batch", .wholeNumber(in: 1...)),
            epochs: try reader.required("epochs", .wholeNumber(in: 1...)), earlyStopping: earlyStopping,
            seed: try reader.value("seed", .seed, default: 0))
    }
}

extension Schedule {
    fileprivate init(_ reader: ParameterReader) throws {
        let name = try reader.value(
            "schedule", .choice(["constant", "linear", "cosine", "plateau"]), default: "linear")
        switch name {
        case "constant": self = .constant
        case "cosine": self = .cosine
        case "plateau":
            let plateau = try reader.mappingOrDefaults("plateau")
            self = .plateau(
                factor: try plateau.value("factor", .number(in: 0..<1), default: 0.1),
                patience: try plateau.value("patience", .wholeNumber(in: 0...), default: 10))
        default: self = .linear
        }
    }

    fileprivate var words: String {
        switch self {
        case .constant: "constant rate"
        case .linear: "linear schedule"
        case .cosine: "cosine schedule"
        case .plateau(let factor, let patience): "plateau schedule (factor \(factor), patience \(patience))"
        }
    }
}

extension AdamW {
    fileprivate init(_ reader: ParameterReader) throws {
        self.init(
            learningRate: try reader.required("learningRate", .number(in: 0...)),
            weightDecay: try reader.value("weightDecay", .number(in: 0...), default: 0.01),
            beta1: try reader.value("beta1", .number(in: 0..<1), default: 0.9),
            beta2: try reader.value("beta2", .number(in: 0..<1), default: 0.999),
            epsilon: try reader.value("epsilon", .number(in: 0...), default: 1e-8))
    }
}

extension Either where First == Int, Second == [Int] {
    fileprivate var widths: [Int] {
        switch self {
        case .first(let width): [width]
        case .second(let widths): widths
        }
    }
}

extension ParameterType where Value == Either<Int, [Int]> {
    /// One hidden layer's width, or a list of widths; an empty list is a head without hidden layers.
    fileprivate static var hiddenWidths: Self {
        .either(.wholeNumber(in: 1...65536), or: .list(of: .wholeNumber(in: 1...65536)))
    }
}

extension ParameterType where Value == Double {
    /// A share between 0 and 1, both excluded.
    fileprivate static var fraction: Self {
        ParameterType.number(in: 0...1).when("a number between 0 and 1") { $0 > 0 && $0 < 1 }
    }
}
