import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct CorpusErrorTests {
    @Test func badClipsAreListedALineEach() {
        expectDiagnosis(
            """
            stage "clips" cannot use 2 clips
              where:    cache/corpora/ravdess
              found:    a.wav: the audio file is empty: 0 bytes
                        b.wav: a second file of this name
              expected: clips that can be decoded, named as the layout says
              try:      mend or remove them, or leave them out with --keep-going
            """, exit: .badData
        ) {
            throw CorpusError.badClips(
                stage: "clips", root: "cache/corpora/ravdess",
                problems: ["a.wav: the audio file is empty: 0 bytes", "b.wav: a second file of this name"])
        }
    }

    @Test func aMissingCorpusSaysWhereToGetOne() {
        expectDiagnosis(
            """
            the corpus is not there
              where:    cache/corpora/ravdess
              found:    no such directory
              expected: a directory with the clips, such as cache/corpora/ravdess/Actor_01 … Actor_24
              try:      timbre fetch ravdess; `make demo` needs none
            """, exit: .missingInput
        ) { throw CorpusError.missing(root: "cache/corpora/ravdess") }
    }

    @Test func anEmptyCorpusIsMissingInput() {
        expectDiagnosis(
            """
            the corpus holds no audio file
              where:    here
              found:    no file ending in aif, aiff, au, caf, flac, mp3, oga, ogg, opus, rf64, w64, wav
              expected: the clips, such as Actor_01/03-01-01-01-01-01-01.wav
              try:      unpack the corpus there again
            """, exit: .missingInput
        ) { throw CorpusError.empty(root: "here") }
    }

    @Test func aChangedClipIsBadData() {
        expectDiagnosis(
            """
            the clip changed while the corpus was worked on
              where:    a.wav
              found:    another SHA-256 than when it was listed
              expected: files that stay as they are during a run
              try:      run again; if it says so again the disk has damaged the clip: copy it again, or touch it to take it as it is
            """, exit: .badData
        ) { throw CorpusError.changed(path: "a.wav") }
    }

    @Test func anUnreadableDirectoryIsMissingInput() {
        expectDiagnosis(
            """
            cannot list a directory
              where:    here/Actor_01
              found:    permission denied
              expected: a readable directory
              try:      ls -ld here/Actor_01
            """, exit: .missingInput
        ) { throw CorpusError.directoryUnreadable(path: "here/Actor_01", reason: "permission denied") }
    }

    @Test func nothingUsableIsBadData() {
        expectDiagnosis(
            """
            no clip is left to train on
              where:    here
              found:    every clip was left out
              expected: clips of every class and several speakers
              try:      timbre check PIPELINE.yaml
            """, exit: .badData
        ) { throw CorpusError.nothingUsable(root: "here") }
    }

    @Test func aCorpusThatVanishedIsAnInputOutputError() {
        expectDiagnosis(
            """
            the corpus vanished while it was worked on
              where:    cache/corpora/ravdess
              found:    none of its files any more
              expected: files that stay as they are during a run
              try:      put or mount it there again and run again; what was computed is kept
            """, exit: .inputOutput
        ) { throw CorpusError.vanished(root: "cache/corpora/ravdess") }
    }
}
