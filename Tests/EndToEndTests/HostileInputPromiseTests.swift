import Checkpoints
import Diagnosis
import EmotionHead
import FeatureStore
import Foundation
import SpeechEmotion
import TestSupport
import Testing

/// No name, value or comment that comes from a stranger reaches the screen, a page, a table or a card as anything but text.
@Suite struct HostileInputPromiseTests {
    private static let seed: UInt64 = 6
    private static let texts = NastyTexts.all(joined: Trials.count(20, full: 2_000), seed: seed)

    /// What looks for harm finds it.
    @Test(arguments: [
        ("a.screen", "a\u{1b}[2J"), ("a.csv", "a\u{202e}"), ("a.csv", "x,=1+1"), ("a.csv", "\"@a\",1"),
        ("a.csv", "x;=1"),
        ("a.html", "<p onclick=\"x\">"), ("a.html", "<img src=\"x\">"), ("a.html", "<\u{338}b"),
        ("a.html", "<script>x</script>"),
        ("a.html", "<a href=\"javascript:x\">"), ("a.md", "a <b>"), ("a.md", "![x](http://a)"),
        ("a.md", "[x](javascript:a)"), ("a.md", "[x](javascript:\u{FF9E}a)"), ("a.md", "[x](//evil.example)"),
        ("a.md", "a \u{0D4E}<b>"), ("a.md", "```\u{301}"), ("a.csv", "\u{0D4E};=1"),
        ("a.html", "<a href=\"javascript:\u{FF9E}x\">"), ("a.html", "<a href=\"JavaScript:x\">"),
        ("a.html", "<a href=\"//evil.example\">"), ("a.html", "<a href=\"\\\\evil.example\">"),
        ("a.md", "```"), ("a.md", "| a | b |\n| `a|b` | c |"), ("a.md", "`a` & `b"),
    ]) func harmIsFound(_ file: String, _ text: String) {
        #expect(!HarmSearch.harm(inFile: file, Data(text.utf8)).isEmpty)
    }

    // MARK: What is written

    @Test func hostileTextsReachEveryOutputAsText() throws {
        try Workbench.use { bench in
            let names = NastyTexts.names(Self.texts)
            // The last has some of the one before: of a few clips no folds can be made.
            let size = Workbench.names.count
            let batches = stride(from: 0, to: names.count, by: size).map {
                Array(names[max(0, min($0, names.count - size))...].prefix(size))
            }
            var harm: [String] = []
            var outputs = 0
            for batch in batches {
                let written = try written(of: batch, in: bench)
                outputs += written.count
                harm += written.flatMap { HarmSearch.harm(inFile: $0.name, $0.data) }
            }
            #expect(harm.isEmpty, "seed \(Self.seed): \(harm.prefix(12).joined(separator: "\n"))")
            let checked = "\(names.count) texts in each of \(Self.places) places, \(outputs) files and screens read"
            Trials.tell("Hostile texts stay text", "\(checked), \(harm.count) did harm")
        }
    }

    /// Folders and files of a corpus, classes, folds, four texts of a published figure, the question.
    private static let places = 9

    /// Everything that the commands write and print about a corpus and a stage file made of such texts.
    private func written(of names: [String], in bench: Workbench) throws -> [(name: String, data: Data)] {
        try bench.fill(with: names)
        var written: [(name: String, data: Data)] = []
        func run(_ arguments: [String], expecting status: Int32 = 0, to name: String = "output.screen") throws {
            let outcome = try bench.timbre(arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors.prefix(600))")
            written += [(name, Data(outcome.output.utf8)), ("errors.screen", Data(outcome.errors.utf8))]
        }
        try run(["run", "hostile.yaml", "--keep-going"])
        let cells = try bench.text("reports/hostile/cells.csv").split(separator: "\n").dropFirst().prefix(2).map {
            $0.prefix(8)
        }
        try run(["status", "hostile.yaml"])
        try run(["check", "hostile.yaml"], expecting: 65)
        try run(["cache", "stats"])
        try run(["compare", "reports/hostile", "reports/hostile", "--second-cell", String(cells[1])])
        try run([
            "compare", "reports/hostile", "reports/hostile", "--second-cell", String(cells[1]), "--output", "compared",
        ])
        try FileManager.default.removeItem(at: bench.url("corpus/bad"))
        try run(["run", "hostile.yaml"])
        try run(["export", "hostile.yaml", "--output", "out"])
        let head = try #require(bench.names(in: "out/heads").first)
            .replacing(/\.md$/, with: ".safetensors")
        for format in ["table", "json", "csv"] {
            try run(["predict", "--head", "out/heads/\(head)", "--format", format, "corpus"], to: "predict.\(format)")
        }
        for folder in ["reports/hostile", "compared", "out", "out/heads"] {
            for name in try bench.names(in: folder) {
                let file = bench.url(folder).appendingPathComponent(name)
                guard let data = try? Data(contentsOf: file) else { continue }
                written.append((name, data))
                written.append(("name.screen", Data(name.utf8)))
            }
        }
        return written
    }

    // MARK: What is complained about

    @Test func hostileTextsInErrorsSteerNoTerminal() throws {
        try Workbench.use { bench in
            _ = try bench.trainedHead()
            let chosen = Trials.isFull ? Self.texts.prefix(100) : Self.texts.suffix(1)
            var told = 0
            for text in chosen {
                for complaint in HostileComplaint.all {
                    guard let outcome = try complaint.outcome(of: text, in: bench) else { continue }
                    told += 1
                    let harm = HarmSearch.steering(outcome.output + outcome.errors)
                    #expect(harm.isEmpty, "seed \(Self.seed), \(complaint.place): \(harm)")
                    #expect(
                        (64...74).contains(outcome.status), "\(complaint.place): \(outcome.status), \(outcome.errors)")
                    #expect(!outcome.errors.isEmpty, "\(complaint.place)")
                }
            }
            Trials.tell(
                "Hostile texts in errors steer no terminal",
                "\(chosen.count) of them in \(HostileComplaint.all.count) places, \(told) messages, none did")
        }
    }

    @Test func aRecipeOutOfAStrangersDatabaseIsPrintedAsText() throws {
        try Workbench.use { bench in
            try FileManager.default.createDirectory(at: bench.url("cache"), withIntermediateDirectories: true)
            let store = try FeatureStore(at: bench.url("cache/features.sqlite"))
            let embedding = Embedding(layers: 1, hidden: 1, frames: 1, values: [1], instructionSet: "x")
            for (number, text) in Self.texts.enumerated() {
                let fields = [text: "value", "key \(number)": text]
                try store.store(embedding, clip: Digest(hashing: Data(text.utf8)), recipe: Recipe(fields: fields))
            }
            let outcome = try bench.timbre("cache", "stats")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(HarmSearch.steering(outcome.output).isEmpty)
            #expect(outcome.output.split(separator: "\n").count == 2 + 3 * Self.texts.count)
        }
    }
}

extension Workbench {
    /// Makes a corpus and a stage file of these texts, at most one a clip.
    fileprivate func fill(with names: [String]) throws {
        let files = FileManager.default
        for place in ["corpus", "reports", "cache", "out", "compared"] { try? files.removeItem(at: url(place)) }
        try writeCorpus(Self.names)
        for (name, clip) in zip(names, Self.names) {
            let folder = url("corpus").appendingPathComponent(name)
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = (clip.path as NSString).lastPathComponent
            try files.moveItem(
                at: url("corpus").appendingPathComponent(clip.path), to: folder.appendingPathComponent(file))
        }
        try files.createDirectory(at: url("corpus/bad"), withIntermediateDirectories: true)
        for name in names { try write("no sound", to: "corpus/bad/\(name).wav") }
        let standing = NastyTexts.standing(names)
        // The reader of tables makes characters of such escapes.
        let folds = standing.filter { $0.utf8.count <= 64 && !$0.contains("\\u{") }
        let rows = (1...4).map { "\(field(folds[($0 * 7) % folds.count])),0\($0)" }
        try write("fold,speaker\n" + rows.joined(separator: "\n") + "\n", to: "folds.csv")
        try write(hostileStageFile(names, classes: standing.filter { $0.count <= 100 }), to: "hostile.yaml")
    }

    /// A field as RFC 4180 quotes it, with the apostrophe that the reader takes off.
    private func field(_ text: String) -> String { "\"'\(NastyTexts.doublingQuotes(text))\"" }

    private func hostileStageFile(_ names: [String], classes: [String]) -> String {
        let question: String = names.filter(isComment).map { "# \($0)\n#\n" }.joined()
        let merge: String = zip(RavdessName.emotions, classes.otherThanEmotions).map { "\($0): \(NastyTexts.yaml($1))" }
            .joined(separator: ", ")
        let published: String = names.map { name -> String in
            let text = NastyTexts.yaml(name)
            return "{source: \(text), protocol: \(text), protocolSummary: \(text), note: \(text), ua: 50}"
        }.joined(separator: ",\n      ")
        return question
            + Self.stageFile.replacing(/^#[^\n]*\n/, with: "").replacing("name: small", with: "name: hostile")
            .replacing(
                "    protocol: leave-one-speaker-out\n", with: "    folds: folds.csv\n    labels: {merge: {\(merge)}}\n"
            ).replacing("epochs: 4", with: "epochs: 1").replacing(
                "report: {kind: report, needs: heads}",
                with:
                    "report:\n    kind: report\n    needs: heads\n    bootstrap: {draws: 100}\n    published: [\(published)]"
            )
    }
}

/// Whether a text can stand in a comment of YAML: no control character, no separator of lines, no mark of byte order.
private func isComment(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
        scalar != "\u{feff}" && (!scalar.steersDisplay || scalar.properties.generalCategory == .format)
    }
}

extension [String] {
    /// Each once, and none that a class of RAVDESS has for its name.
    fileprivate var otherThanEmotions: [String] {
        var seen = Set(RavdessName.emotions)
        return filter { seen.insert($0).inserted }
    }
}
