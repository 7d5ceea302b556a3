import Checkpoints
import Foundation
import SpeechEmotion

/// A place into which a stranger puts a text, and which makes the program complain about it.
struct HostileComplaint: Sendable {
    let place: String
    private let run: @Sendable (String, Workbench) throws -> Workbench.Outcome?

    /// What the program says; nil for a text that cannot stand in that place, such as a slash in a file's name.
    func outcome(of text: String, in bench: Workbench) throws -> Workbench.Outcome? { try run(text, bench) }

    /// A change of the stage file.
    private static func file(_ place: String, _ old: String, _ new: @escaping @Sendable (String) -> String)
        -> HostileComplaint
    {
        HostileComplaint(place: place) { text, bench in
            try bench.write(
                Workbench.stageFile.replacing(old, with: new(NastyTexts.yaml(text))), to: "changed.yaml")
            return try bench.timbre("run", "changed.yaml")
        }
    }

    /// A change of the stage file that names a folder; a text that leads to one is nothing to complain about, as `..` does,
    /// or a byte order mark, which Foundation takes for no name at all.
    private static func folder(_ place: String, _ old: String, _ new: @escaping @Sendable (String) -> String)
        -> HostileComplaint
    {
        HostileComplaint(place: place) { text, bench in
            let name = String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == "\u{feff}" }))
            let leads = FileManager.default.fileExists(atPath: bench.url(name).path)
            return leads ? nil : try file(place, old, new).outcome(of: text, in: bench)
        }
    }

    /// Arguments of the command line, in which no NUL can stand.
    private static func arguments(_ place: String, _ make: @escaping @Sendable (String) -> [String]) -> HostileComplaint
    {
        HostileComplaint(place: place) { text, bench in try bench.timbre(make(text)) }
    }

    static let all: [HostileComplaint] = inStageFile + onCommandLine + inFiles

    private static let inStageFile = [
        file("an unknown key", "batch: 8") { "\($0): 8" },
        file("a stage's name", "clips: {") { "\($0): {" },
        file("a stage's kind", "kind: corpus") { "kind: \($0)" },
        file("a need", "needs: clips") { "needs: \($0)" },
        file("the pipeline's name", "name: small") { "name: \($0)" },
        file("a number", "epochs: 4") { "epochs: \($0)" },
        file("a layout", "layout: ravdess") { "layout: \($0)" },
        folder("a root", "root: corpus") { "root: \($0)" },
        folder("an encoder", "encoder: encoder") { "encoder: \($0)" },
        file("a protocol", "protocol: leave-one-speaker-out") { "protocol: \($0)" },
        file("a class that is merged", "layer: 2") { "layer: 2\n    labels: {merge: {\($0): calm}}" },
        file("a class that is kept", "layer: 2") { "layer: 2\n    labels: {keep: [\($0), calm]}" },
        file("a list of folds", "protocol: leave-one-speaker-out") { "folds: \($0)" },
        file("a palette", "needs: heads}") { "needs: heads, palette: \($0)}" },
        file("a claimed confusion", "needs: heads}") { "needs: heads, claimedConfusions: [[\($0), calm]]}" },
        file("a choice", "needs: heads}") { "needs: heads, select: {over: [\($0)]}}" },
        file("a comparison", "needs: heads}") { "needs: heads, compare: \($0)}" },
        file("an anchor", "batch: 8") { "batch: *x\($0)" },
        file("a tag", "batch: 8") { "batch: !x 8 \($0)" },
    ]

    private static let onCommandLine = [
        arguments("a command") { ["x\($0)"] },
        arguments("an option") { ["run", "small.yaml", "--x\($0)"] },
        arguments("a stage file's path") { ["run", "x\($0)"] },
        arguments("--set") { ["run", "small.yaml", "--set", $0] },
        arguments("--set of a key") { ["run", "small.yaml", "--set", "heads.x\($0)=1"] },
        arguments("--force") { ["run", "small.yaml", "--force", "x\($0)"] },
        arguments("--jobs") { ["run", "small.yaml", "--jobs", "x\($0)"] },
        arguments("--format") { ["predict", "--head", "x", "--format", "x\($0)", "a.wav"] },
        arguments("--head") { ["predict", "--head", "x\($0)", "corpus"] },
        arguments("--encoder") { ["embed", "--encoder", "x\($0)", "--output", "x.npz", "corpus"] },
        arguments("--layers") {
            ["embed", "--encoder", "encoder", "--layers", "x\($0)", "--output", "x.npz", "corpus"]
        },
        arguments("an audio file's path") { ["embed", "--encoder", "encoder", "--output", "x.npz", "x\($0)"] },
        arguments("a report's path") { ["compare", "x\($0)", "y\($0)"] },
        arguments("a cell") { ["compare", "reports/small", "reports/small", "--second-cell", "x\($0)"] },
    ]

    private static let inFiles = [
        HostileComplaint(place: "an encoder's setting") { text, bench in
            let object = ["model_type": text, "hidden_act": text, "\(text)": text]
            return try withEncoder(in: bench, file: "config.json", JSONEncoder().encode(object)) {
                try bench.timbre("run", "small.yaml")
            }
        },
        HostileComplaint(place: "a tensor's name") { text, bench in
            let file = bench.url("tensors.safetensors")
            try SafetensorsWriter.write([TensorToWrite(name: "x\(text)", shape: [1], values: { [1] })], to: file)
            return try withEncoder(in: bench, file: "model.safetensors", Data(contentsOf: file)) {
                try bench.timbre("run", "small.yaml")
            }
        },
        HostileComplaint(place: "a head's metadata") { text, bench in
            let file = bench.url("head.safetensors")
            try SafetensorsWriter.write(
                [TensorToWrite(name: "0.weight", shape: [1], values: { [1] })],
                metadata: ["classes": "[\"a\",\"b\"]", "architecture": text, text: text], to: file)
            return try bench.timbre("predict", "--head", "head.safetensors", "corpus")
        },
        HostileComplaint(place: "a fold's name") { text, bench in
            // Longer than any that is taken.
            let name = "x" + doubled(text) + String(repeating: "x", count: 500)
            try bench.write("fold,speaker\n\"\(name)\",01\n", to: "folds.csv")
            return try bench.timbre("run", "small.yaml", "--set", "heads.protocol=", "--set", "heads.folds=folds.csv")
        },
        HostileComplaint(place: "a fold's part") { text, bench in
            try bench.write("fold,speaker,part\na,01,\"x\(doubled(text))\"\n", to: "folds.csv")
            return try bench.timbre("run", "small.yaml", "--set", "heads.protocol=", "--set", "heads.folds=folds.csv")
        },
        HostileComplaint(place: "a header of folds") { text, bench in
            try bench.write("\"x\(doubled(text))\",speaker\na,01\n", to: "folds.csv")
            return try bench.timbre("run", "small.yaml", "--set", "heads.protocol=", "--set", "heads.folds=folds.csv")
        },
        HostileComplaint(place: "a speaker of folds") { text, bench in
            try bench.write("fold,speaker\na,\"x\(doubled(text))\"\nb,01\n", to: "folds.csv")
            return try bench.timbre("run", "small.yaml", "--set", "heads.protocol=", "--set", "heads.folds=folds.csv")
        },
        HostileComplaint(place: "a report that is read back") { text, bench in
            let cells = try bench.text("reports/small/cells.csv")
            defer { try? bench.write(cells, to: "reports/small/cells.csv") }
            try bench.write("\"\(doubled(text))\"," + cells, to: "reports/small/cells.csv")
            return try bench.timbre("compare", "reports/small", "reports/small", "--second-cell", "x")
        },
        HostileComplaint(place: "an answer that is read back") { text, bench in
            let table = try bench.text("reports/small/predictions.csv")
            defer { try? bench.write(table, to: "reports/small/predictions.csv") }
            let lines = table.split(separator: "\n")
            let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false)
            let row = (fields.prefix(4) + ["\"x\(doubled(text))\""] + fields.dropFirst(5)).joined(separator: ",")
            try bench.write("\(lines[0])\n\(row)\n", to: "reports/small/predictions.csv")
            return try bench.timbre("compare", "reports/small", "reports/small", "--first-cell", String(fields[0]))
        },
        HostileComplaint(place: "a file beside the clips") { text, bench in
            let name = "x\(NastyTexts.withoutSlashes(text)).wav"
            guard name.utf8.count <= 255 else { return nil }
            try bench.write("no sound", to: name)
            defer { try? FileManager.default.removeItem(at: bench.url(name)) }
            return try bench.timbre("embed", "--encoder", "encoder", "--output", "x.npz", name)
        },
    ]

    private static func doubled(_ text: String) -> String { NastyTexts.doublingQuotes(text) }

    private static func withEncoder<Result>(
        in bench: Workbench, file: String, _ data: Data, _ body: () throws -> Result
    ) throws -> Result {
        let place = bench.url("encoder").appendingPathComponent(file)
        let before = try Data(contentsOf: place)
        defer { try? before.write(to: place) }
        try data.write(to: place)
        return try body()
    }
}
