import Testing

@testable import Downloads

@Suite struct AnswerHeadersTests {
    private func headers(_ lines: String...) -> AnswerHeaders {
        var headers = AnswerHeaders()
        for line in lines { _ = headers.take(Array("\(line)\r\n".utf8)) }
        return headers
    }

    @Test func theLastOfSeveralAnswersCounts() {
        let found = headers("HTTP/1.1 103 Early Hints", "ETag: \"a\"", "", "HTTP/2 206", "content-length:  7 ", "")
        #expect(found.status == 206 && found.strongTag == nil && found.number("content-length") == 7)
    }

    @Test func aPartSaysWhereItBegins() {
        let part = headers("HTTP/1.1 206 Partial", "Content-Range: bytes 5-9/10").range
        #expect(part?.start == 5 && part?.total == 10)
        #expect(headers("HTTP/1.1 206 Partial", "Content-Range: bytes 5-9/*").range?.total == nil)
        for text in ["", "bytes", "bytes */10", "items 5-9/10", "bytes x-y/z", "bytes 5-9"] {
            #expect(headers("HTTP/1.1 206 Partial", "Content-Range: \(text)").range == nil, "\(text)")
        }
    }

    @Test func aWeakTagStandsForNoBytes() {
        #expect(headers("HTTP/1.1 200 OK", "ETag: \"a\"").strongTag == "\"a\"")
        #expect(headers("HTTP/1.1 200 OK", "ETag: W/\"a\"").strongTag == nil)
    }

    @Test func whatIsNoNumberIsNone() {
        for text in ["-1", "1e3", "99999999999999999999", ""] {
            #expect(headers("HTTP/1.1 200 OK", "Content-Length: \(text)").number("content-length") == nil)
        }
    }

    @Test func theyMustNotBecomeTooMany() {
        var headers = AnswerHeaders()
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: AnswerHeaders.most / 2)
        #expect(headers.take(line) && headers.take(line) && !headers.take([0]))
    }
}
