import Evaluation

/// TESS, the Toronto Emotional Speech Set: two women, `OAF_back_angry.wav` is speaker OAF, word back, emotion angry.
///
/// Source: Pichora-Fuller and Dupuis, "Toronto emotional speech set (TESS)", University of Toronto Dataverse 2020
/// (https://doi.org/10.5683/SP2/E8H2MF); ps is pleasant surprise. One published file says OA for OAF.
struct TessLayout: NamingLayout {
    static let name = "tess"
    let classes = Self.emotions.map(\.name)
    let labelSet = "tess-7"
    let source = CorpusSource.tess
    let clipCount = 2800

    private static let speakers = ["OAF": "OAF", "YAF": "YAF", "OA": "OAF"]
    private static let emotions: [(code: String, name: String)] = [
        ("neutral", "neutral"), ("happy", "happy"), ("sad", "sad"), ("angry", "angry"),
        ("fear", "fearful"), ("disgust", "disgust"), ("ps", "surprised"),
    ]

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let fields = stem(of: path).split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, !fields[1].isEmpty else {
            throw LayoutFault(reason: "the name has \(fields.count) fields instead of 3 (speaker_word_emotion)")
        }
        guard let speaker = Self.speakers[fields[0]] else {
            throw LayoutFault(reason: "its speaker is \"\(fields[0])\" instead of OAF or YAF")
        }
        let label = try LayoutFault.place(of: fields[2], among: Self.emotions.map(\.code), called: "emotion")
        return ClipDescription(speaker: speaker, label: label, sex: .female)
    }
}
