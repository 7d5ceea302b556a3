import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct SynthesisErrorTests {
    @Test func aDirectoryOfTheUsersIsNotReplaced() {
        expectDiagnosis(
            """
            stage kind "synthesize" would replace what it did not make
              where:    cache/corpora/ravdess
              found:    a directory without Timbre's mark
              expected: an absent directory, or one that Timbre made
              try:      name another directory, or move this one away
            """, exit: .cannotCreate
        ) { throw SynthesisError.refusesToReplace(path: "cache/corpora/ravdess") }
    }

    @Test func aLetterInADirectoryOfOursIsNotRemoved() {
        expectDiagnosis(
            """
            stage kind "synthesize" would remove what it did not make
              where:    cache/corpora/demo
              found:    notes.txt
              expected: nothing but what Timbre put there
              try:      move it away, or name another directory
            """, exit: .cannotCreate
        ) { throw SynthesisError.holdsMore(path: "cache/corpora/demo", found: "notes.txt") }
    }

    @Test func aPlaceOutsideTheProjectIsRefused() {
        expectDiagnosis(
            """
            stage kind "synthesize" writes inside the project only
              where:    ../elsewhere
              found:    a place outside, once links are followed
              expected: a directory under the current one or under cache
              try:      name such a directory, or move the result there by hand
            """, exit: .cannotCreate
        ) { throw SynthesisError.outside(path: "../elsewhere", cache: "cache") }
    }

    @Test func anUnspokenClipNamesItsVoice() {
        expectDiagnosis(
            """
            espeak-ng did not speak a clip
              where:    a.wav
              found:    exit status 1 with voice "en-us+m1"
              expected: a recording
              try:      espeak-ng -v en-us+m1 hello
            """, exit: .inputOutput
        ) { throw SynthesisError.notSpoken(clip: "a.wav", voice: "en-us+m1", status: 1) }
    }

    @Test func aMissingSynthesizerSaysHowToInstallIt() {
        expectDiagnosis(
            """
            cannot start espeak-ng
              found:    no program of that name on the PATH
              expected: the Debian package espeak-ng
              try:      make setup
            """, exit: .missingInput
        ) { throw SynthesisError.synthesizerMissing(reason: "no program of that name on the PATH") }
    }
}
