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
              try:      ls -ld out/report.md; df -h out/report.md
            """, exit: .cannotCreate
        ) { throw CommandError.cannotWrite(path: "out/report.md", reason: "no room") }
    }

    @Test func missingAudioIsNamed() {
        expectDiagnosis(
            """
            an audio file is not there
              where:    a.wav
              found:    no such file
              expected: a folder, or an audio file such as those ending in aif, aiff, au, caf, flac, mp3, oga, ogg, \
            opus, rf64, w64, wav
              try:      ls -l a.wav
            """, exit: .missingInput
        ) { throw CommandError.noAudio(path: "a.wav") }
    }

    @Test func aFolderWithoutAudioIsMissingInput() {
        expectDiagnosis(
            """
            there is no audio file
              where:    takes
              found:    no file ending in aif, aiff, au, caf, flac, mp3, oga, ogg, opus, rf64, w64, wav
              expected: a folder or a pattern with audio files in it
              try:      ls takes
            """, exit: .missingInput
        ) { throw CommandError.noAudioIn(path: "takes") }
    }

    @Test func standardInputThatCannotBeKeptIsAnInputOutputError() {
        expectDiagnosis(
            """
            cannot take the audio from standard input
              where:    -
              found:    no space left on device
              expected: a whole audio file, and room for it in the directory for temporary files
              try:      df -h "${TMPDIR:-/tmp}"
            """, exit: .inputOutput
        ) { throw CommandError.standardInput(reason: "no space left on device") }
    }

    @Test func aDirectoryThatIsGoneCannotBeWatched() {
        expectDiagnosis(
            """
            the directory to watch is not there
              where:    inbox
              found:    no such directory
              expected: a directory that stays
              try:      ls -ld inbox
            """, exit: .missingInput
        ) { throw CommandError.nothingToWatch(directory: "inbox") }
    }

    @Test func standardOutputThatTakesNothingIsAnInputOutputError() {
        expectDiagnosis(
            """
            cannot write the result to standard output
              where:    standard output
              found:    no space left on device
              expected: room for it
              try:      send it elsewhere; what was computed is kept
            """, exit: .inputOutput
        ) { throw CommandError.standardOutput(reason: "no space left on device") }
    }
}
