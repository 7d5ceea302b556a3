import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct ModelErrorTests {
    @Test func aMissingEncoderSaysWhereToGetOne() {
        expectDiagnosis(
            """
            the encoder is not there
              where:    cache/encoders/base
              found:    no such directory
              expected: config.json, preprocessor_config.json and pytorch_model.bin or model.safetensors
              try:      timbre fetch wav2vec2-base; `make demo` needs none
            """, exit: .missingInput
        ) { throw ModelError.encoderMissing(directory: "cache/encoders/base") }
    }

    @Test func anotherRecipeIsShownOnBothSides() {
        expectDiagnosis(
            """
            this head was trained on embeddings made in another way
              where:    a.safetensors with encoder base
              found:    rate 8000
              expected: rate 16000
              try:      name the right encoder with --encoder DIR, or train the head again
            """, exit: .badData
        ) {
            throw ModelError.recipeMismatch(
                head: "a.safetensors", encoder: "base", found: "rate 8000", expected: "rate 16000")
        }
    }

    @Test func aMissingFactIsNamed() {
        expectDiagnosis(
            """
            the head's file does not say what Timbre needs to know
              where:    a.safetensors
              found:    no layer
              expected: metadata as `timbre run` writes it
              try:      train the head again
            """, exit: .badData
        ) { throw ModelError.headFact(file: "a.safetensors", fact: "layer", found: nil) }
    }

    @Test func lostEmbeddingsPointAtTheCache() {
        expectDiagnosis(
            """
            embeddings that were just stored cannot be read back
              where:    /data/cache/features.sqlite
              found:    1 clip without a row
              expected: a cache that keeps what is written
              try:      timbre cache verify --drop --cache /data/cache
            """, exit: .inputOutput
        ) { throw ModelError.embeddingsLost(store: "/data/cache/features.sqlite", clips: 1) }
    }

    @Test func aHeadStandardisedBySpeakerAsksForOneSpeaker() {
        expectDiagnosis(
            """
            this head was trained on embeddings standardised by speaker
              where:    a.safetensors
              found:    clips not said to be of one speaker
              expected: at least two clips of one speaker, whose mean and deviation standardise them
              try:      timbre predict --one-speaker --head a.safetensors AUDIO…
            """, exit: .usage
        ) { throw ModelError.standardizesBySpeaker(file: "a.safetensors") }
    }

    @Test(arguments: [(1, "one clip only"), (2, "2 files with the content of one clip")])
    func oneClipIsTooFewToStandardise(files: Int, found: String) {
        expectDiagnosis(
            """
            this head was trained on embeddings standardised by speaker
              where:    a.safetensors
              found:    \(found)
              expected: at least two clips of one speaker, whose mean and deviation standardise them
              try:      name more clips of that speaker
            """, exit: .usage
        ) { throw ModelError.onlyOneClip(file: "a.safetensors", files: files) }
    }

    @Test func oneSpeakerIsRefusedWhereItDoesNothing() {
        expectDiagnosis(
            """
            this head does not standardise by speaker
              where:    a.safetensors
              found:    --one-speaker
              expected: clips of any speakers, each classified by itself
              try:      leave out --one-speaker: the answers do not depend on who speaks in the other clips
            """, exit: .usage
        ) { throw ModelError.standardizesNotBySpeaker(file: "a.safetensors") }
    }

    @Test func aHeadThatNeedsSeveralClipsCannotWatch() {
        expectDiagnosis(
            """
            this head was trained on embeddings standardised by speaker
              where:    head.safetensors
              found:    clips to be classified one by one, as they appear
              expected: all clips of one speaker at once, whose mean and deviation standardise them
              try:      timbre predict --one-speaker --head head.safetensors AUDIO…
            """, exit: .usage
        ) { throw ModelError.cannotWatch(file: "head.safetensors") }
    }

    @Test func anAnswerThatIsNotFiniteNamesHeadAndClip() {
        expectDiagnosis(
            """
            the head's answer is not finite
              where:    h.safetensors, clip a.wav
              found:    NaN or infinity among its probabilities
              expected: a number from 0 to 1 for each class
              try:      train the head again, with a lower optimizer.learningRate
            """, exit: .badData
        ) { throw ModelError.answerNotFinite(head: "h.safetensors", clip: "a.wav") }
    }

    @Test func anEncoderThatVanishedMeanwhileIsAnInputOutputError() {
        expectDiagnosis(
            """
            the encoder vanished while it was in use
              where:    cache/encoders/base
              found:    a file that cannot be read any more
              expected: files that stay as they are
              try:      put it there again and run again; what was computed is kept
            """, exit: .inputOutput
        ) { throw ModelError.encoderVanished(directory: "cache/encoders/base") }
    }
}
