import Diagnosis
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct CommandErrorTests {
    @Test func badFilesAreListedALineEach() {
        expectDiagnosis(
            """
            2 of 5 files could not be used
              found:    a.wav: empty
                        b.wav: silent
              expected: audio files that can be decoded
              try:      mend them or leave them out
            """, exit: .badData
        ) { throw CommandError.badFiles(problems: ["a.wav: empty", "b.wav: silent"], done: 3) }
    }

    @Test func aFileThatCannotBeWrittenIsNamed() {
        expectDiagnosis(
            """
            cannot write a file
              where:    out/report.md
              found:    no room
              expected: a writable place with room
              try:      ls -ld "out/report.md"; df -h "out/report.md"
            """, exit: .cannotCreate
        ) { throw CommandError.cannotWrite(path: "out/report.md", reason: "no room") }
    }

    @Test func missingAudioIsNamed() {
        expectDiagnosis(
            """
            an audio file is not there
              where:    a.wav
              found:    no such file
              expected: a WAV, FLAC or Ogg file
              try:      ls -l "a.wav"
            """, exit: .missingInput
        ) { throw CommandError.noAudio(path: "a.wav") }
    }
}
