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

    @Test func aLineStaysALine() {
        #expect(Diagnosis.printableLine("a\r\nb\n\u{1b}[2J.wav") == "a\\u{d}\\nb\\n\\u{1b}[2J.wav")
        #expect(Diagnosis.printableLine("Jos\u{e9}.wav") == "Jos\u{e9}.wav")
    }

    @Test func controlCharactersOfAFileNameAreEscaped() {
        let name = "a\u{1b}[2Jb\u{202e}.wav"
        #expect(
            Diagnosis("bad", place: name, exit: .badData).description == "bad\n  where:    a\\u{1b}[2Jb\\u{202e}.wav")
    }
}
