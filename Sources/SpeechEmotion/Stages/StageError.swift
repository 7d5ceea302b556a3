import Diagnosis
import Reports

/// What can be wrong with how stages are put together or used.
public enum StageError: Error, Equatable, Sendable {
    /// A stage needs another kind of stage than it names.
    case wrongNeed(stage: String, kind: String, needs: [String], expected: String)
    /// A second stage of a kind that a pipeline may have once, because it names its folder after the pipeline.
    case repeatedKind(pipeline: String, kind: String)
    /// Two points of a grid that differ in how they are written but not in what they mean.
    case repeatedCell(stage: String, cell: String)
    /// A parameter that none of the protocols takes.
    case idleParameter(stage: String, parameter: String, protocols: [String])
    /// A layer that the encoder does not have.
    case layerAbsent(layer: Int, count: Int, stage: String)
    /// Heads that diverged: all of them, told when the stage ends; `isAll` where no cell is without.
    case diverged(stage: String, heads: [String], isAll: Bool)
    /// The pipeline has no stage of the kind that a command works on.
    case absent(pipeline: String, kind: String, command: String)
    /// A stage whose product a command needs has not run.
    case notRun(pipeline: String, stage: String, reason: String)
}

extension StageError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .wrongNeed(let stage, let kind, let needs, let expected):
            return Diagnosis(
                "a stage needs the wrong kind of stage", place: "stage \"\(stage)\" of kind \"\(kind)\"",
                found: needs.isEmpty ? "no `needs`" : "needs: \(needs.joined(separator: ", "))", expected: expected,
                remedy: "correct its `needs`", exit: .badData)
        case .repeatedKind(let pipeline, let kind):
            return Diagnosis(
                "the pipeline has more than one stage of kind \"\(kind)\"", place: pipeline, found: "several",
                expected: "one: lists in a train stage are axes of its grid",
                remedy: "put the other into a stage file of its own",
                exit: .badData)
        case .repeatedCell(let stage, let cell):
            return Diagnosis(
                "two points of the grid are the same", place: "stage \"\(stage)\"", found: "cell \(cell) twice",
                expected: "elements of a list that differ in more than a written default", remedy: "remove one of them",
                exit: .badData)
        case .idleParameter(let stage, let parameter, let protocols):
            return Diagnosis(
                "no protocol takes this parameter", place: "stage \"\(stage)\"", found: parameter,
                expected: "parameters of \(protocols.joined(separator: ", "))",
                remedy: "remove it; k is for random-kfold and speaker-kfold, testFraction for random-stratified",
                exit: .badData)
        case .layerAbsent(let layer, let count, let stage):
            return Diagnosis(
                "the encoder has no such layer", place: "stage \"\(stage)\"", found: "layer \(layer)",
                expected: "0 (the transformer's input) to \(count - 1) (its output)", remedy: "change `layer`",
                exit: .badData)
        case .diverged(let stage, let heads, let isAll):
            let lower = "lower optimizer.learningRate of these cells"
            return Diagnosis(
                "stage \"\(stage)\" could not train \(counted(heads.count, "head"))",
                found: heads.joined(separator: "\n"),
                expected: "finite numbers throughout",
                remedy: isAll ? "\(lower): no cell is left to report" : "\(lower), or leave them out with --keep-going",
                exit: .badData)
        case .absent(let pipeline, let kind, let command):
            return Diagnosis(
                "`timbre \(command)` needs a stage that the pipeline does not have", place: pipeline,
                found: "no stage of kind \"\(kind)\"", expected: "one", remedy: "name another pipeline", exit: .badData)
        case .notRun(let pipeline, let stage, let reason):
            return Diagnosis(
                "stage \"\(stage)\" has not run", place: pipeline, found: reason, expected: "a finished stage",
                remedy: "timbre run \(Diagnosis.shellWord(pipeline))", exit: .missingInput)
        }
    }
}
