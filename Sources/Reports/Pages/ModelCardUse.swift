import Diagnosis
import Documents

/// How to ask a head something: in Timbre, and in PyTorch from exported embeddings.
struct ModelCardUse {
    let head: CardHead
    let classes: [String]
    /// The numbers of the hidden states that it takes, in the order in which it takes them.
    let layers: [Int]

    var blocks: [Block] {
        [
            .heading("How to use it", level: 2), .paragraph(timbre), .source(command, language: "sh"),
            .paragraph(preparation), .source(python, language: "python"),
        ]
    }

    private var timbre: String {
        let speaker = head.scaling == .speaker ? "; all files of a call are taken for clips of one speaker" : ""
        return "With Timbre, where DIR holds the encoder\(speaker):"
    }

    private var command: String {
        let oneSpeaker = head.scaling == .speaker ? " --one-speaker" : ""
        return "timbre predict --head \(Diagnosis.shellWord(head.file)) --encoder DIR\(oneSpeaker) AUDIO.wav"
            + (head.scaling == .speaker ? " MORE.wav" : "")
    }

    private var preparation: String {
        let source =
            head.encoder.isExported
            ? "from the embeddings exported beside"
            : "from embeddings that `timbre embed --encoder DIR --output states.npz AUDIO…` makes of the clips in the order "
                + "of `clips.csv`, as the exported ones are another encoder's"
        return "With PyTorch, run in this folder, \(source):"
    }

    private var python: String { (opening + input + scaling + mixing + network).joined(separator: "\n") }

    private var opening: [String] {
        [
            "import numpy, torch", "from safetensors.torch import load_file", "",
            "tensors = load_file(\(Self.python(head.file)))",
            "states = torch.from_numpy(numpy.load(\"\(head.encoder.isExported ? "../embeddings" : "states").npz\")"
                + "[\"embeddings\"])  # clips × \(head.encoder.states) × \(head.encoder.hidden)",
        ]
    }

    private var input: [String] {
        let list = layers.map { "\($0)" }.joined(separator: ", ")
        switch head.input {
        case .layer: return ["x = states[:, \(list)]"]
        case .concatenation: return ["x = states[:, [\(list)]].flatten(1)"]
        case .average: return ["x = states[:, [\(list)]].mean(1)"]
        case .weightedSum: return ["x = states[:, [\(list)]]"]
        }
    }

    /// Every speaker's clips by their own mean and population deviation, in double precision as they were trained.
    private var scaling: [String] {
        guard head.scaling == .speaker else { return [] }
        return [
            "speakers, raw = numpy.load(\"../embeddings.npz\")[\"speakers\"], x.double()", "x = torch.empty_like(x)",
            "for speaker in set(speakers):", "    own = torch.from_numpy(speakers == speaker)",
            "    deviation = raw[own].std(0, correction=0)",
            "    x[own] = ((raw[own] - raw[own].mean(0)) / torch.where(deviation > 0, deviation, 1)).float()",
        ]
    }

    private var mixing: [String] {
        head.input == .weightedSum ? ["x = (x * tensors.pop(\"mix.weight\")).sum(1)"] : []
    }

    private var network: [String] {
        let widths = [head.inputs(layers: layers.count)] + head.hidden + [classes.count]
        let linear = zip(widths, widths.dropFirst()).map { "torch.nn.Linear(\($0), \($1))" }
        let modules = linear.joined(separator: ", torch.nn.ReLU(), torch.nn.Dropout(\(head.dropout)), ")
        return [
            "head = torch.nn.Sequential(\(modules))", "head.load_state_dict(tensors)",
            "classes = [\(classes.map(Self.python).joined(separator: ", "))]",
            "with torch.no_grad():", "    probabilities = head.eval()(x).softmax(1)  # clips × \(classes.count)",
        ]
    }

    /// A text as Python writes it, in one line that ends where the text does.
    private static func python(_ text: String) -> String {
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\", "\"": result += "\\\(scalar)"
            case _ where scalar.steersDisplay: result += eightDigits(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }

    private static func eightDigits(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
