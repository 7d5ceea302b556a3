import Diagnosis
import TestSupport
import Testing

@testable import Downloads

@Suite struct DownloadErrorTests {
    @Test func aServerThatCannotBeReachedIsNamed() {
        expectDiagnosis(
            """
            cannot reach a server
              where:    https://example.org/file
              found:    could not resolve host: example.org
              expected: a network
              try:      look at the network, and at http_proxy, https_proxy and no_proxy; then run again
            """, exit: .unavailable
        ) {
            throw DownloadError.unreachable(
                url: "https://example.org/file", reason: "could not resolve host: example.org")
        }
    }

    @Test func wrongBytesSayWhatWasFoundAndExpected() {
        expectDiagnosis(
            """
            what came is not the file; it has been removed
              where:    https://example.org/file
              found:    3 bytes, MD5 aa
              expected: 3 bytes, MD5 bb
              try:      run again: it begins anew; from another network if it says so again
            """, exit: .badData
        ) {
            throw DownloadError.wrongBytes(
                url: "https://example.org/file", found: "3 bytes, MD5 aa", expected: "3 bytes, MD5 bb")
        }
    }

    @Test(arguments: [
        (DownloadError.notAnAddress(text: "x", named: "HF_ENDPOINT"), ExitReason.usage),
        (.noLibrary(reason: "r"), .unavailable), (.status(url: "u", status: 404), .unavailable),
        (.redirect(url: "u", to: "v", reason: "r"), .unavailable),
        (.brokenOff(url: "u", reason: "r", kept: 1, file: "f"), .unavailable),
        (.askedToWait(url: "u", status: 429, seconds: 100), .unavailable),
        (.wrongSizeOffered(url: "u", found: "1 bytes", expected: 2), .badData),
        (.tooLong(url: "u", expected: 2), .badData), (.headersTooLong(url: "u"), .badData),
        (.cannotWrite(file: "f", reason: "no space left on device"), .cannotCreate),
    ])
    func eachSaysWhatWasFoundAndWhatToTry(error: DownloadError, exit: ExitReason) {
        let diagnosis = error.diagnosis
        #expect(diagnosis.exit == exit && diagnosis.found != nil && diagnosis.expected != nil)
        #expect(diagnosis.remedy != nil && diagnosis.what.first?.isLowercase == true)
    }
}
