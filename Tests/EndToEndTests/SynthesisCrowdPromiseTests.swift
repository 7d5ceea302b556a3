import Foundation
import TestSupport
import Testing

/// The demo's inputs made by three processes at once.
@Suite struct SynthesisCrowdPromiseTests {
    static let speaks = ["/usr/bin/espeak-ng", "/usr/local/bin/espeak-ng"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: Trials.isFull && speaks, "speaking 1440 clips is for `make promises`, and needs espeak-ng"))
    func theCorpusIsSpokenOnce() throws {
        try Workbench.use { bench in
            try bench.write(
                """
                name: speech
                stages:
                  inputs: {kind: synthesize, corpus: spoken, encoder: random, seed: 0}
                  clips: {kind: corpus, needs: inputs, layout: ravdess, root: spoken}

                """, to: "speech.yaml")
            let names = ["first-", "second-", "third-"]
            let processes = try names.map { try bench.start(["run", "speech.yaml"], named: $0) }
            let outcomes = try zip(processes, names).map { try bench.outcome(of: $0, named: $1) }
            for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.errors)") }
            #expect(outcomes.count { $0.errors.contains("spoke 1440 clips") } == 1)
            #expect(try bench.timbre("run", "speech.yaml").output == "nothing to do\n")
            Trials.tell("crowd that speaks", "\(names.count) processes spoke 1440 clips once, none failed")
        }
    }
}
