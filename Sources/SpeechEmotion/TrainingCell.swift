import EmotionHead
import Evaluation
import FeatureStore
import Foundation
import Pipeline

/// One point of a train stage's grid: how to split, what the head sees, how it is trained.
struct TrainingCell: Sendable {
    let division: DivisionRequest
    /// Which of the pooled hidden states the head sees, and how.
    let features: FeatureSelection
    let standardize: StandardizationMode
    /// Everything about the training but how many states are mixed, which the encoder says.
    let recipe: TrainingRecipe
    /// Whether trained heads are kept as files for `timbre predict`; results do not depend on it.
    let savesHeads: Bool
    /// The value chosen on each axis of the grid.
    let axes: [ParameterGrid.AxisValue]
    /// SHA-256 of the cell's parsed parameters.
    let parameters: Digest
    /// The embed stage whose encoder made the features; nil where the train stage needs only one.
    private(set) var encoderName: String?
    /// How many digits of the digest tell the cells of a grid apart.
    private(set) var idLength = 8

    /// What a list means where it is no axis.
    static let lists: [String: ListMeaning] = [
        "head.hidden": .axisOfLists, "labels.keep": .value, "layer.concatenate": .value, "layer.average": .value,
        "layer.weightedSum": .value,
    ]

    /// Reads a point of the grid.
    init(_ point: ParameterGrid.Point, setting: CellSetting) throws {
        let reader = point.parameters.reader()
        let stopping = try StoppingParameters(reader)
        division = try DivisionRequest(reader, validation: stopping.validation, setting: setting)
        features = try FeatureSelection(reader)
        standardize = try reader.value("standardize", .choice(of: StandardizationMode.self), default: .none)
        recipe = try TrainingRecipe(reader, earlyStopping: stopping.earlyStopping)
        savesHeads = try reader.value("saveHeads", .bool, default: true, excludedFromKey: true)
        axes = point.values
        let folds = division.foldsFile.map(\.bytes) ?? []
        parameters = Digest(hashing: Data("training cell".utf8 + folds + (try reader.finish().encoded)))
    }

    /// SHA-256 of the parameters and, where there are several, of which encoder.
    var digest: Digest {
        encoderName.map { Digest.of(["training cell of an encoder", parameters.description, $0]) } ?? parameters
    }

    /// A short name for tables and files: the first digits of the digest.
    var id: String { String(digest.description.prefix(idLength)) }

    /// The cell on the embeddings of one of several embed stages.
    func on(encoder name: String) -> TrainingCell {
        var cell = self
        cell.encoderName = name
        return cell
    }

    /// The cells with ids long enough to be told apart; equal cells stay equal.
    static func identified(_ cells: [TrainingCell]) -> [TrainingCell] {
        let digests = Set(cells.map(\.digest.description))
        let length = (8...64).first { length in Set(digests.map { $0.prefix(length) }).count == digests.count } ?? 64
        return cells.map { cell in
            var cell = cell
            cell.idLength = length
            return cell
        }
    }

    /// The head and its training in a few words; cells that differ by seed only have the same.
    var headSummary: String {
        let widths = (recipe.hidden.map(String.init)).joined(separator: "-")
        let head = recipe.hidden.isEmpty ? "logistic regression" : "MLP \(widths), dropout \(recipe.dropout)"
        let rate = recipe.layerWeightsLearningRate.map { ", layer weights \($0)" } ?? ""
        let smoothing = recipe.labelSmoothing > 0 ? ", label smoothing \(recipe.labelSmoothing)" : ""
        let weights = recipe.classWeights == .none ? "" : ", class weights \(recipe.classWeights.rawValue)"
        let stopping = recipe.earlyStopping.map { ", early stopping by \($0.monitor.rawValue)" } ?? ""
        let optimizer =
            "AdamW \(recipe.optimizer.learningRate), weight decay \(recipe.optimizer.weightDecay)\(rate)\(smoothing)\(weights)"
        let standardized = standardize == .none ? "" : ", standardised by \(standardize.rawValue)"
        return
            "\(head), \(optimizer), \(recipe.schedule.words), batch \(recipe.batch), \(recipe.epochs) epochs\(stopping)\(standardized)"
    }
}

extension FeatureSelection {
    /// Reads `layer`: a state's number, or a mapping that says how several are put together.
    fileprivate init(_ reader: ParameterReader) throws {
        guard reader.isMapping("layer") else {
            self = .layer(try reader.required("layer", .layer))
            return
        }
        let layers = try reader.mapping("layer")
        let ways: [(String, (LayerSet) -> FeatureSelection)] = [
            ("concatenate", FeatureSelection.concatenation), ("average", FeatureSelection.average),
            ("weightedSum", FeatureSelection.weightedSum),
        ]
        let chosen = try ways.compactMap { name, way in try layers.optional(name, .layerSet).map { way($0.set) } }
        guard chosen.count == 1 else {
            throw reader.diagnosis(
                "a set of layers is put together in one way", at: "layer", found: "\(chosen.count) ways",
                expected: "one of \(ways.map(\.0).joined(separator: ", ")), such as {weightedSum: all}")
        }
        self = chosen[0]
    }
}

extension ParameterType where Value == Int {
    /// The number of a hidden state.
    fileprivate static var layer: Self {
        .wholeNumber(in: 0...).when(
            "a whole number of at least 0, or a mapping such as {weightedSum: all}, {average: all} or "
                + "{concatenate: [3, 6, 9]}"
        ) { _ in true }
    }
}

extension ParameterType where Value == Either<String, [Int]> {
    /// `all`, or a list of at least two distinct states.
    fileprivate static var layerSet: Self {
        .either(.choice(["all"]), or: .list(of: .wholeNumber(in: 0...))).when(
            "all, or a list of at least two layers, each once"
        ) {
            if case .second(let layers) = $0 { layers.count > 1 && Set(layers).count == layers.count } else { true }
        }
    }
}

extension Either where First == String, Second == [Int] {
    fileprivate var set: FeatureSelection.LayerSet {
        switch self {
        case .first: .all
        case .second(let layers): .some(layers)
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
        layerWeightsLearningRate = try optimizer.optional("layerWeightsLearningRate", .number(in: 0...))
        let loss = try reader.mappingOrDefaults("loss")
        labelSmoothing = try loss.value("labelSmoothing", .number(in: 0..<1), default: 0)
        classWeights = try loss.value("classWeights", .choice(of: ClassWeights.self), default: .none)
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
