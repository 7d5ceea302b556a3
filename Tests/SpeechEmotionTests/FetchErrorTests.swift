import Diagnosis
import Downloads
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct FetchErrorTests {
    @Test func anotherFileByHandSaysWhatWasFoundAndExpected() {
        expectDiagnosis(
            """
            this is not the file that its publishers offer; it was not used
              where:    mine.zip
              found:    3 bytes
              expected: 4 bytes, MD5 aa
              try:      download it again; or remove it, and `timbre fetch` downloads it
            """, exit: .badData
        ) { throw FetchError.otherFile(file: "mine.zip", found: "3 bytes", expected: "4 bytes, MD5 aa") }
    }

    @Test func whatIsOutOfReachMayBeHadByHand() {
        expectDiagnosis(
            """
            the server does not give the file
              where:    http://example.org/
              found:    HTTP status 404
              expected: 200, or 206 for a part
              try:      run again later
                        or by hand
            """, exit: .unavailable
        ) { throw FetchError.download(.status(url: "http://example.org/", status: 404), byHand: "or by hand") }
    }

    @Test func wrongBytesAreNotMendedByHand() {
        let error = FetchError.download(.tooLong(url: "u", expected: 1), byHand: "or by hand")
        #expect(error.diagnosis == DownloadError.tooLong(url: "u", expected: 1).diagnosis)
    }

    @Test(arguments: [
        (FetchError.unreadable(file: "f", reason: "r"), ExitReason.missingInput),
        (.notThere(place: "p", name: "ravdess"), .missingInput),
        (.encoderNotWhole(place: "p", name: "n", missing: ["a", "b"]), .missingInput),
        (.corpusNotWhole(place: "p", name: "ravdess", found: "1 of 2 clips", of: 2), .missingInput),
        (.inTheWay(place: "p", found: "f", expected: "e"), .cannotCreate),
        (.incompleteArchive(file: "f", missing: ["a", "b", "c", "d"], of: 9), .badData),
        (.noStatement(url: "u"), .unavailable), (.implausibleSize(url: "u", found: 9, limit: 8), .badData),
    ])
    func eachSaysWhatWasFoundAndWhatToTry(error: FetchError, exit: ExitReason) {
        let diagnosis = error.diagnosis
        #expect(
            diagnosis.exit == exit && diagnosis.found != nil && diagnosis.expected != nil && diagnosis.remedy != nil)
    }
}
