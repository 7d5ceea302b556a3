import Evaluation

/// SAVEE, Surrey Audio-Visual Expressed Emotion: four men, `DC/sa01.wav` is speaker DC, emotion sa, sentence 01; copies with
/// all files in one folder call it `DC_sa01.wav`.
///
/// Source: Haq and Jackson, "Multimodal Emotion Recognition", in Machine Audition, IGI Global 2010, and
/// http://kahlan.eps.surrey.ac.uk/savee/Database.html.
struct SaveeLayout: NamingLayout {
    static let name = "savee"
    let classes = Self.emotions.map(\.name)
    let labelSet = "savee-7"
    let source = CorpusSource.savee
    let clipCount = 480

    private static let speakers = ["DC", "JE", "JK", "KL"]
    private static let emotions: [(code: String, name: String, sentences: ClosedRange<Int>)] = [
        ("n", "neutral", 1...30), ("h", "happy", 1...15), ("sa", "sad", 1...15),
        ("a", "angry", 1...15), ("f", "fearful", 1...15), ("d", "disgust", 1...15), ("su", "surprised", 1...15),
    ]

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let (speaker, name) = try Self.parts(of: path)
        let code = String(name.prefix { $0.isLetter })
        let number = String(name.dropFirst(code.count))
        let label = try LayoutFault.place(of: code, among: Self.emotions.map(\.code), called: "emotion")
        let sentences = Self.emotions[label].sentences
        guard let sentence = number.numberOfTwoDigits, sentences.contains(sentence) else {
            throw LayoutFault(reason: "its sentence is \"\(number)\" instead of 01 to \(sentences.upperBound)")
        }
        return ClipDescription(speaker: speaker, label: label, sex: .male)
    }

    /// Each speaker's files have the same names; which is whose the folder tells, or what stands before an underscore.
    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        let known = Dictionary(grouping: paths) { path in (try? Self.parts(of: path)).map { "\($0)_\($1)" } ?? path }
        let absent = Self.speakers.flatMap { speaker in
            Self.emotions.flatMap { emotion in
                emotion.sentences.map { "\(emotion.code)\($0 < 10 ? "0" : "")\($0)" }
            }.filter { known["\(speaker)_\($0)"] == nil }.map {
                CorpusProblem(path: "\(speaker)/\($0).wav", reason: "one of SAVEE's 480 clips, is missing")
            }
        }
        return (absent + CorpusProblem.repeated(known)).sorted { $0.path < $1.path }
    }

    private static func parts(of path: String) throws(LayoutFault) -> (speaker: String, name: String) {
        let fields = stem(of: path).split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
        let speaker = fields.count == 2 ? fields[0] : folder
        guard fields.count < 3, speakers.contains(speaker) else {
            throw LayoutFault(
                reason:
                    "it names none of the speakers \(speakers.joined(separator: ", ")), as DC/a01.wav or DC_a01.wav would"
            )
        }
        if fields.count == 2, speakers.contains(folder), folder != speaker {
            throw LayoutFault(reason: "its name says speaker \(speaker), its folder \(folder)")
        }
        return (speaker, fields[fields.count - 1])
    }
}
