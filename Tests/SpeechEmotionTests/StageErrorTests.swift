import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct StageErrorTests {
    @Test func aWrongNeedSaysWhatIsNeeded() {
        expectDiagnosis(
            """
            a stage needs the wrong kind of stage
              where:    stage "heads" of kind "train"
              found:    needs: clips
              expected: one stage of kind "embed"
              try:      correct its `needs`
            """, exit: .badData
        ) {
            throw StageError.wrongNeed(
                stage: "heads", kind: "train", needs: ["clips"], expected: "one stage of kind \"embed\"")
        }
    }

    @Test func aRepeatedKindIsRefused() {
        expectDiagnosis(
            """
            the pipeline has more than one stage of kind "report"
              where:    a.yaml
              found:    several
              expected: one: lists in a train stage are axes of its grid
              try:      put the other into a stage file of its own
            """, exit: .badData
        ) { throw StageError.repeatedKind(pipeline: "a.yaml", kind: "report") }
    }

    @Test func headsThatDivergedAreAllNamed() {
        expectDiagnosis(
            """
            stage "heads" could not train 2 heads
              found:    one
                        two
              expected: finite numbers throughout
              try:      lower optimizer.learningRate of these cells, or leave them out with --keep-going
            """, exit: .badData
        ) { throw StageError.diverged(stage: "heads", heads: ["one", "two"], isAll: false) }
    }

    @Test func aGridOfWhichNothingIsLeftSaysSo() {
        expectDiagnosis(
            """
            stage "heads" could not train 1 head
              found:    one
              expected: finite numbers throughout
              try:      lower optimizer.learningRate of these cells: no cell is left to report
            """, exit: .badData
        ) { throw StageError.diverged(stage: "heads", heads: ["one"], isAll: true) }
    }

    @Test func aRepeatedCellIsRefused() {
        expectDiagnosis(
            """
            two points of the grid are the same
              where:    stage "heads"
              found:    cell 01234567 twice
              expected: elements of a list that differ in more than a written default
              try:      remove one of them
            """, exit: .badData
        ) { throw StageError.repeatedCell(stage: "heads", cell: "01234567") }
    }

    @Test func anIdleParameterSaysWhoWouldTakeIt() {
        expectDiagnosis(
            """
            no protocol takes this parameter
              where:    stage "heads"
              found:    split.k
              expected: parameters of emobox-6fold
              try:      remove it; k is for random-kfold and speaker-kfold, testFraction for random-stratified
            """, exit: .badData
        ) { throw StageError.idleParameter(stage: "heads", parameter: "split.k", protocols: ["emobox-6fold"]) }
    }

    @Test func anAbsentLayerSaysWhichThereAre() {
        expectDiagnosis(
            """
            the encoder has no such layer
              where:    stage "heads"
              found:    layer 13
              expected: 0 (the transformer's input) to 12 (its output)
              try:      change `layer`
            """, exit: .badData
        ) { throw StageError.layerAbsent(layer: 13, count: 13, stage: "heads") }
    }

    @Test func anAbsentStageIsNamedByKind() {
        expectDiagnosis(
            """
            `timbre check` needs a stage that the pipeline does not have
              where:    a.yaml
              found:    no stage of kind "corpus"
              expected: one
              try:      name another pipeline
            """, exit: .badData
        ) { throw StageError.absent(pipeline: "a.yaml", kind: "corpus", command: "check") }
    }

    @Test func aStageThatHasNotRunSaysHowToRunIt() {
        expectDiagnosis(
            """
            stage "embeddings" has not run
              where:    a.yaml
              found:    3 of 5 clips cached
              expected: a finished stage
              try:      timbre run a.yaml
            """, exit: .missingInput
        ) { throw StageError.notRun(pipeline: "a.yaml", stage: "embeddings", reason: "3 of 5 clips cached") }
    }
}
