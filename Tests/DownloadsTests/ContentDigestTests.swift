import Foundation
import TestSupport
import Testing

@testable import Downloads

@Suite struct ContentDigestTests {
    /// `md5sum`, `sha256sum` and `git hash-object` of the same bytes.
    @Test(arguments: [
        ContentDigest(.md5, "b1946ac92492d2347c6235b4d2611184"),
        ContentDigest(.sha256, "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"),
        ContentDigest(.gitBlob, "ce013625030ba8dba906f756967f9e9ca394464a"),
    ])
    func digestsAreThoseOfOtherPrograms(expected: ContentDigest) throws {
        try withTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("hello")
            try Data("hello\n".utf8).write(to: file)
            #expect(try expected.compared(withFile: file) == expected)
        }
    }

    @Test func aTagIsReadByItsLength() {
        let (long, short) = (String(repeating: "a", count: 64), String(repeating: "0", count: 40))
        #expect(ContentDigest(hubTag: "\"\(long)\"") == ContentDigest(.sha256, long))
        #expect(ContentDigest(hubTag: "W/\"\(short)\"") == ContentDigest(.gitBlob, short))
        for tag in ["", "\"\"", "\"\(short)0\"", String(repeating: "g", count: 64)] {
            #expect(ContentDigest(hubTag: tag) == nil)
        }
    }

    @Test func whatIsNoFileHasNone() throws {
        try withTemporaryDirectory { folder in
            let pipe = folder.appendingPathComponent("pipe")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            for place in [folder, pipe, folder.appendingPathComponent("absent")] {
                #expect(throws: POSIXError.self) { try ContentDigest(.md5, "").compared(withFile: place) }
            }
        }
    }
}
