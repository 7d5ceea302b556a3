import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct PrecisionErrorTests {
    @Test func onePrecisionIsNothingToCompare() {
        expectDiagnosis(
            """
            nothing to compare: both precisions are the same
              where:    stage "embeddings"
              found:    precision: float32, and --against float32
              expected: two precisions
              try:      --against bfloat16, or a stage at bfloat16
            """, exit: .usage
        ) { throw PrecisionError.same(stage: "embeddings", precision: .float32) }
    }

    @Test func anUnknownCellIsToldWithThoseThereAre() {
        expectDiagnosis(
            """
            the grid has no such cell
              where:    --cell
              found:    "ab"
              expected: one of: abcd0123, abef4567
              try:      leave out --cell for the first
            """, exit: .usage
        ) { throw PrecisionError.unknownCell(id: "ab", known: ["abcd0123", "abef4567"]) }
    }

    @Test func headsThatNeedAllOfASpeakerAreRefused() {
        expectDiagnosis(
            """
            heads that standardise by speaker cannot be asked about a sample
              where:    cell abcd0123
              found:    standardize: speaker
              expected: heads that take a clip by itself: at the other precision only some clips of a speaker are embedded
              try:      name another cell with --cell, or change the stage's standardize with --set
            """, exit: .usage
        ) { throw PrecisionError.standardizesBySpeaker(cell: "abcd0123") }
    }
}
