import Foundation
import TestSupport
import Testing

@testable import Drafts

@Suite struct DraftNameTests {
    @Test func aNameIsReadBack() {
        let name = DraftName(number: 7)
        #expect(DraftName(name.text) == name)
        #expect(name.process == getpid())
    }

    @Test(arguments: [
        ".partial", ".timbre-.partial", ".timbre-12ab-5.partial", ".timbre-12ab-0-1.partial",
        ".timbre-12ab--5-1.partial",
        "timbre-12ab-5-1.partial", ".timbre-12ab-5-1.part", ".timbre-xyz-5-1.partial", ".timbre-12ab-5-1-2.partial",
    ])
    func whatIsNoDraftIsNotTakenForOne(name: String) { #expect(DraftName(name) == nil) }

    @Test func aDraftIsAbandonedWhenItsWriterIsNoMore() throws {
        var name = DraftName(number: 1)
        #expect(name.isAbandoned(at: "/x", isOurs: false), "of an earlier process with this number")
        #expect(!name.isAbandoned(at: "/x", isOurs: true))
        name.process = 1
        #expect(!name.isAbandoned(at: "/x", isOurs: false), "init lives")
        name.process = 999_999_999
        #expect(name.isAbandoned(at: "/x", isOurs: false))
    }

    @Test func anotherHostsDraftIsAbandonedWhenNothingTouchesItForADay() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("draft")
            try Data().write(to: file)
            var name = DraftName(number: 1)
            name.host ^= 1
            name.process = 999_999_999
            #expect(!name.isAbandoned(at: file.path, isOurs: false))
            let past = Date(timeIntervalSinceNow: -90_000)
            try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file.path)
            #expect(name.isAbandoned(at: file.path, isOurs: false))
        }
    }
}
