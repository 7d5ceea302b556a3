import Checkpoints
import Evaluation
import Foundation

/// IEMOCAP: `Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M003.wav` is what the man of session 1 says in the dialogue
/// Ses01F_impro01; the labels stand in `Session1/dialog/EmoEvaluation/Ses01F_impro01.txt`, a line of times, utterance, emotion
/// and valence, activation, dominance for each.
///
/// Utterances on which the listeners did not agree (xxx) and others that none of the names fits (oth) are classes of their own,
/// which `labels: {keep: …}` leaves out. Whole dialogues, in folders called `dialog`, are passed over.
///
/// Source: Busso et al., "IEMOCAP: Interactive emotional dyadic motion capture database", Language Resources and Evaluation
/// 42(4), 2008, and the documentation of its release.
struct IemocapLayout: CorpusLayout {
    static let name = "iemocap"
    let classes = Self.emotions.map(\.name)
    let labelSet = "iemocap-11"
    let source = CorpusSource.iemocap

    private static let emotions: [(code: String, name: String)] = [
        ("neu", "neutral"), ("hap", "happy"), ("sad", "sad"), ("ang", "angry"), ("fea", "fearful"),
        ("dis", "disgust"), ("sur", "surprised"), ("fru", "frustrated"), ("exc", "excited"), ("oth", "other"),
        ("xxx", "undecided"),
    ]
    private static let utterances = 10_039
    /// Bytes; the longest published file has about 30,000.
    private static let largestEvaluation = 4 << 20

    func clips(under root: URL) throws -> [StatedClip] {
        let codes = try Self.codes(under: root)
        return try CorpusScan.paths(under: root).filter { !Self.isOfDialogue($0) }.map { path in
            StatedClip(
                path: path,
                description: Result { () throws(LayoutFault) in try describe(path, code: codes[stem(of: path)]) })
        }
    }

    /// What a path and the emotion's code in its dialogue's evaluation state.
    func describe(_ path: String, code: String?) throws(LayoutFault) -> ClipDescription {
        guard let name = stem(of: path).wholeMatch(of: /(Ses0[1-5])[FM]_(?:impro|script)\w+_([FM])\d{3}/) else {
            throw LayoutFault(reason: "the name is not an utterance's, such as Ses01F_impro01_F000")
        }
        guard let code else { throw LayoutFault(reason: "no file under dialog/EmoEvaluation names it") }
        let label = try LayoutFault.place(of: code, among: Self.emotions.map(\.code), called: "emotion")
        return ClipDescription(
            speaker: "\(name.1)\(name.2)", label: label, sex: name.2 == "F" ? .female : .male)
    }

    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        let stems = Dictionary(grouping: paths, by: stem)
        return CorpusProblem.missing(Self.utterances - stems.count, of: Self.utterances)
            + CorpusProblem.repeated(stems).sorted { $0.path < $1.path }
    }

    /// The emotion's code of each utterance that a text of evaluations names.
    static func codes(in text: String) -> [String: String] {
        let lines = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("[") }
        let fields = lines.map { $0.split(separator: "\t").map(String.init) }.filter { $0.count >= 3 }
        return Dictionary(fields.map { ($0[1], $0[2]) }) { first, _ in first }
    }

    private static func codes(under root: URL) throws -> [String: String] {
        var codes: [String: String] = [:]
        for session in 1...5 {
            let folder = root.appendingPathComponent("Session\(session)/dialog/EmoEvaluation")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for name in names.sorted() where name.hasPrefix("Ses") && name.hasSuffix(".txt") {
                let file = folder.appendingPathComponent(name)
                let bytes = try CorpusError.readable(file, atMost: largestEvaluation)
                codes.merge(Self.codes(in: String(decoding: bytes, as: UTF8.self))) { first, _ in first }
            }
        }
        return codes
    }

    private static func isOfDialogue(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains("dialog")
    }
}
