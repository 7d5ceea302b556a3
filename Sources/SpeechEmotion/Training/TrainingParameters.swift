import EmotionHead
import Evaluation
import Pipeline

/// The parameters of early stopping and of the validation part that it watches.
struct StoppingParameters {
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
    init(_ reader: ParameterReader, earlyStopping: EarlyStopping?) throws {
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

    var words: String {
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
