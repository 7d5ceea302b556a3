import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct DirectoryListingTests {
    @Test func namesThatAreNoTextStandApart() throws {
        try withTemporaryDirectory { directory in
            for name in ["b", "a\n", "\u{e9}", "e\u{301}"] {
                try Data().write(to: directory.appendingPathComponent(name))
            }
            let bad: [[UInt8]] = [Array("x".utf8) + [0xff], [0xff] + Array(".wav".utf8), [0xff] + Array(".txt".utf8)]
            for (number, name) in bad.enumerated() {
                let path = (Array(directory.path.utf8) + [UInt8(ascii: "/")] + name + [0]).map(CChar.init(bitPattern:))
                if number == 0 { mkdir(path, 0o700) } else { close(open(path, O_CREAT | O_WRONLY, 0o600)) }
            }
            let listing = try DirectoryListing(of: directory)
            #expect(Set(listing.names.map { Array($0.utf8) }).count == 4)
            #expect(listing.unreadable == ["x\u{FFFD}", "\u{FFFD}.wav"], "a note beside the clips is passed over")
        }
    }

    @Test func aDirectoryThatIsNotThereIsAnError() {
        #expect(throws: CorpusError.directoryUnreadable(path: "/no/such", reason: "no such file or directory")) {
            try DirectoryListing(of: URL(fileURLWithPath: "/no/such"))
        }
    }
}
