import Diagnosis

/// Why a head cannot be trained or read.
public enum EmotionHeadError: DiagnosableError, Equatable {
    /// Which examples an error is about.
    public enum Part: String, Sendable {
        case training, validation
    }

    /// A setting of the recipe that makes no sense; `name` is its key in the stage file.
    case unusableSetting(name: String, found: String, expected: String)
    /// There is nothing to train on or to validate with.
    case noExamples(part: Part)
    /// The features are not examples × inputs.
    case featureCount(part: Part, found: Int, examples: Int, inputs: Int)
    /// More or fewer rows than labels.
    case rowCount(part: Part, rows: Int, labels: Int)
    /// An example whose row the table of features does not have.
    case rowOutOfRange(part: Part, row: Int, found: Int, tableRows: Int)
    /// Features that are no whole number of states.
    case statesDoNotFit(inputs: Int, states: Int)
    /// A label outside the classes.
    case labelOutOfRange(part: Part, row: Int, label: Int, classes: Int)
    /// A feature that is infinite or not a number.
    case featureNotFinite(part: Part, row: Int, column: Int, value: Float)
    /// Validation examples with another number of features than the training examples.
    case inputsDiffer(training: Int, validation: Int)
    /// Early stopping without validation examples.
    case validationMissing(monitor: EarlyStopping.Monitor)
    /// Training diverged: a batch's loss is infinite or not a number.
    case lossNotFinite(loss: Double, epoch: Int, batch: Int, batches: Int, learningRate: Double)
    /// Training diverged: the loss on the validation examples is infinite or not a number.
    case validationLossNotFinite(loss: Double, epoch: Int)
    /// Training diverged: a weight, or a running mean by which the optimiser changes it, is infinite or not a number.
    case weightsNotFinite(tensors: String, epoch: Int)
    /// The trained head has weights that are finite but so large that an answer is not.
    case answerNotFinite(part: String, row: Int)

    /// A head file without something its metadata must say.
    case metadataMissing(file: String, key: String)
    /// A head file's metadata that cannot be used.
    case metadataUnusable(file: String, key: String, found: String, expected: String)
    /// A head file that names more or fewer classes than it has outputs.
    case classCount(file: String, classes: Int, outputs: Int)
    /// A head file without a tensor that its architecture needs.
    case tensorMissing(file: String, tensor: String, shape: [Int])
    /// A tensor of a head file of another shape than its architecture needs.
    case tensorShape(file: String, tensor: String, found: [Int], expected: [Int])
    /// A tensor of a head file that its architecture has no place for.
    case tensorUnexpected(file: String, tensor: String)
    /// A tensor of a head file with a number that is infinite or not a number.
    case tensorNotFinite(file: String, tensor: String)
    /// A head file whose tensors and metadata are not those that it was written with.
    case digestMismatch(file: String)

    /// The facts in words.
    public var diagnosis: Diagnosis { trainingDiagnosis ?? fileDiagnosis }
}

extension EmotionHeadError {
    /// Whether a training came to numbers that are not finite: a matter of that training alone.
    public var isDivergence: Bool {
        switch self {
        case .lossNotFinite, .validationLossNotFinite, .weightsNotFinite, .answerNotFinite, .featureNotFinite: true
        default: false
        }
    }
}

extension EmotionHeadError {
    private var trainingDiagnosis: Diagnosis? {
        switch self {
        case .unusableSetting(let name, let found, let expected):
            Diagnosis(
                "the head cannot be trained with this setting", place: name, found: found, expected: expected,
                remedy: "change \(name) in the train stage of the stage file", exit: .badData)
        case .noExamples(let part):
            Diagnosis(
                "there are no \(part) examples", expected: "at least one",
                remedy: part == .training
                    ? "check the protocol's folds and the labels kept"
                    : "check earlyStopping.validation in the train stage",
                exit: .badData)
        case .labelOutOfRange(let part, let row, let label, let classes):
            Diagnosis(
                "a label is none of the classes", place: place(part, row), found: "\(label)",
                expected: "0 ... \(classes - 1)", exit: .badData)
        case .featureNotFinite(let part, let row, let column, let value):
            Diagnosis(
                "a feature is not finite", place: "\(place(part, row)), feature \(column)", found: spelt(Double(value)),
                expected: "a finite number", remedy: "timbre cache verify --drop, then run again", exit: .badData)
        default: tableDiagnosis ?? divergenceDiagnosis
        }
    }

    private var tableDiagnosis: Diagnosis? {
        switch self {
        case .featureCount(let part, let found, let examples, let inputs):
            Diagnosis(
                "the \(part) features do not fit the \(part) examples", found: "\(found) numbers",
                expected: "\(examples) examples of \(inputs) features", exit: .internalFault)
        case .rowCount(let part, let rows, let labels):
            Diagnosis(
                "the \(part) rows do not fit the \(part) labels", found: "\(rows) rows", expected: "\(labels)",
                exit: .internalFault)
        case .rowOutOfRange(let part, let row, let found, let tableRows):
            Diagnosis(
                "an example is outside the table of features", place: place(part, row), found: "row \(found)",
                expected: "0 ..< \(tableRows)", exit: .internalFault)
        case .statesDoNotFit(let inputs, let states):
            Diagnosis(
                "the training features do not fit the states", found: "\(inputs) features an example",
                expected: "a multiple of \(states) states", exit: .internalFault)
        case .inputsDiffer(let training, let validation):
            Diagnosis(
                "training and validation examples have different numbers of features",
                found: "\(validation) for validation",
                expected: "\(training), as for training", exit: .internalFault)
        default: nil
        }
    }

    private var divergenceDiagnosis: Diagnosis? {
        let remedy = "lower optimizer.learningRate in the train stage of the stage file"
        switch self {
        case .validationMissing(let monitor):
            return Diagnosis(
                "early stopping has nothing to watch", place: "earlyStopping.monitor", found: "\(monitor)",
                expected: "validation examples to measure it on",
                remedy: "add earlyStopping.validation, or leave out earlyStopping", exit: .badData)
        case .lossNotFinite(let loss, let epoch, let batch, let batches, let learningRate):
            return Diagnosis(
                "training diverged", place: "epoch \(epoch), batch \(batch) of \(batches)",
                found: "a loss of \(spelt(loss)) at learning rate \(learningRate)", expected: "a finite loss",
                remedy: remedy,
                exit: .badData)
        case .validationLossNotFinite(let loss, let epoch):
            return Diagnosis(
                "training diverged", place: "validation after epoch \(epoch)", found: "a loss of \(spelt(loss))",
                expected: "a finite loss", remedy: remedy, exit: .badData)
        case .weightsNotFinite(let tensors, let epoch):
            return Diagnosis(
                "training diverged", place: "the end of epoch \(epoch)", found: "\(tensors) that are not finite",
                expected: "finite weights and moments", remedy: remedy, exit: .badData)
        case .answerNotFinite(let part, let row):
            return Diagnosis(
                "training diverged", place: "\(part) example \(row)", found: "an answer that is not finite",
                expected: "a finite probability of each class", remedy: remedy, exit: .badData)
        default: return nil
        }
    }

    private var fileDiagnosis: Diagnosis {
        switch self {
        case .metadataMissing(let file, let key):
            return Diagnosis(
                "this is not a head written by Timbre", place: file, found: "no \"\(key)\" in its metadata",
                expected: key == HeadFile.layerWeightsKey
                    ? "the weight of each state, as the architecture has several"
                    : "metadata \"\(HeadFile.architectureKey)\" and \"\(HeadFile.classesKey)\"",
                remedy: "give --head a file that a report stage wrote", exit: .badData)
        case .metadataUnusable(let file, let key, let found, let expected):
            return unusable(file: file, "metadata \"\(key)\"", found: found, expected: expected)
        case .classCount(let file, let classes, let outputs):
            return unusable(
                file: file, "metadata \"\(HeadFile.classesKey)\"", found: "\(classes) classes",
                expected: "\(outputs), as many as the architecture has")
        case .tensorMissing(let file, let tensor, let shape):
            return unusable(file: file, "tensor \"\(tensor)\"", found: "no such tensor", expected: "shape \(shape)")
        case .tensorShape(let file, let tensor, let found, let expected):
            return unusable(file: file, "tensor \"\(tensor)\"", found: "shape \(found)", expected: "shape \(expected)")
        case .tensorUnexpected(let file, let tensor):
            let mixing = HeadArchitecture.mixingName
            return unusable(
                file: file, "tensor \"\(tensor)\"", found: "a tensor its architecture has no place for",
                expected: "the weights and biases of its linear layers, and \"\(mixing)\" of several states")
        case .digestMismatch(let file):
            return Diagnosis(
                "the head file has been damaged", place: file, found: "a SHA-256 that its content does not have",
                expected: "the tensors and metadata that it was written with",
                remedy: "copy it again; or remove it and run its pipeline, which trains it again", exit: .badData)
        case .tensorNotFinite(let file, let tensor):
            return unusable(
                file: file, "tensor \"\(tensor)\"", found: "a number that is not finite", expected: "finite numbers")
        default: preconditionFailure("\(self) is no error of a head file")
        }
    }

    private func unusable(file: String, _ part: String, found: String, expected: String) -> Diagnosis {
        Diagnosis(
            "the head file cannot be used", place: "\(file), \(part)", found: found, expected: expected,
            remedy: "write the head again with timbre run", exit: .badData)
    }

    /// Without the sign of a NaN, which depends on the processor.
    private func spelt(_ number: Double) -> String { number.isNaN ? "nan" : "\(number)" }

    private func place(_ part: Part, _ row: Int) -> String { "\(part) example \(row)" }
}
