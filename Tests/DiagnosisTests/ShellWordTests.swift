import Diagnosis
import Foundation
import Testing

@Suite struct ShellWordTests {
    @Test(arguments: [
        ("a/b-1.wav", "a/b-1.wav"), ("two words", "'two words'"), ("$(rm x)", "'$(rm x)'"), ("it's", "'it'\\''s'"),
        ("-rf", "./-rf"), ("-\u{301}rf", "'./-\u{301}rf'"), ("", "''"), ("~", "'~'"), ("é", "'é'"),
    ]) func isQuotedWhereItHasTo(_ path: String, _ word: String) {
        #expect(Diagnosis.shellWord(path) == word)
    }

    @Test(arguments: [
        "$(echo owned)", "`echo owned`", "\"; echo owned; \"", "'; echo owned; '", "a'\u{301}; echo owned", "!!", "*",
        "\\",
    ])
    func aShellReadsItAsItStood(_ path: String) throws {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "printf %s \(Diagnosis.shellWord(path))"]
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: output, as: UTF8.self) == path)
    }
}
