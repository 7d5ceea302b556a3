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
