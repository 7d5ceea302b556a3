import Diagnosis
import Testing

@Suite struct DiagnosisTests {
    @Test func eachFactGetsALineOfItsOwn() {
        let diagnosis = Diagnosis(
            "cannot decode the audio", place: "a.wav", found: "12 bytes", expected: "a WAV file",
            remedy: "unpack it again",
            exit: .badData)
        #expect(
            diagnosis.description == """
                cannot decode the audio
                  where:    a.wav
                  found:    12 bytes
                  expected: a WAV file
                  try:      unpack it again
                """)
    }

    @Test func absentFactsLeaveNoLine() {
        #expect(Diagnosis("no stages", exit: .badData).description == "no stages")
    }

    @Test func continuationLinesAreIndentedUnderTheFirst() {
        #expect(
            Diagnosis("bad clips", found: "one\ntwo", exit: .badData).description
                == "bad clips\n  found:    one\n            two")
    }

    @Test func controlCharactersOfAFileNameAreEscaped() {
        let name = "a\u{1b}[2Jb\u{202e}.wav"
        #expect(
            Diagnosis("bad", place: name, exit: .badData).description == "bad\n  where:    a\\u{1b}[2Jb\\u{202e}.wav")
    }

    @Test func whatHappenedIsOneLine() {
        #expect(
            Diagnosis("the key 'a\ntimbre: done' is bad", exit: .badData).description
                == "the key 'a\\ntimbre: done' is bad")
    }

    @Test func aLineAsLongAsAHostileFileIsCut() {
        let found = String(repeating: "x", count: 1 << 20) + "\nshort"
        let text = Diagnosis("bad", found: found, exit: .badData).description
        #expect(text.count < 5_000 && text.hasSuffix("x…\n            short"))
    }
}
