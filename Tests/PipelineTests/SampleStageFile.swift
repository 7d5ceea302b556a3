@testable import Pipeline

/// A stage file with everything that stage files use: comments, flow and block style, anchors, merge keys, axes.
let sampleStageFile = """
    # Does a head trained on some speakers
    # recognise the emotions of others?
    #
    # EmoBox's folds beside leave-one-speaker-out.

    name: ravdess-speaker-cv
    stages:
      clips: {kind: corpus, layout: ravdess, root: cache/corpora/ravdess}
      embeddings: {kind: embed, needs: clips, encoder: cache/encoders/wav2vec2-base, layers: all, pooling: mean}
      heads: &heads
        kind: train
        needs: embeddings
        protocol: [emobox-6fold, leave-one-speaker-out]
        layer: [12]
        standardize: none            # none | train | speaker
        head: {hidden: 256, dropout: 0.3}
        optimizer: {kind: adamw, learningRate: 1e-4, weightDecay: 0.01}
        schedule: linear
        epochs: 10
        earlyStopping: {monitor: loss, patience: 3, validation: {speakers: 2}}
        seed: [0, 1, 2]
      wide-heads:
        <<: *heads
        head: {hidden: [[], [512, 256]], dropout: 0.3}
      report: {kind: report, needs: [heads, wide-heads], title: "What *is* it?"}
    """

/// A stage file of one stage, `heads` of kind `train`, whose parameters begin on line 5 and column 5.
func stageFile(withParameters parameters: String, overrides: [String] = []) throws -> StageFile {
    let lines = parameters.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }
    return try stageFile("name: t\nstages:\n  heads:\n    kind: train\n" + lines.joined(), overrides: overrides)
}

/// A stage file from text; messages call it `x.yaml`.
func stageFile(_ text: String, overrides: [String] = []) throws -> StageFile {
    try StageFile(text: text, named: "x.yaml", overrides: overrides)
}

/// A reader of the parameters of `stageFile(withParameters:)`.
func reader(_ parameters: String, overrides: [String] = []) throws -> ParameterReader {
    try stageFile(withParameters: parameters, overrides: overrides).declarations[0].parameters.reader()
}
