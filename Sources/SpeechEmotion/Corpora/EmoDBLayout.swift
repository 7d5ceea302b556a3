import Evaluation

/// EmoDB, the Berlin Database of Emotional Speech: `03a01Fa.wav` is speaker 03, text a01, emotion F, version a.
///
/// Source: Burkhardt, Paeschke, Rolfes, Sendlmeier and Weiss, "A Database of German Emotional Speech", Interspeech 2005, and
/// the naming rules of its site (http://emodb.bilderbar.info), whose emotion letters are German: W Wut, L Langeweile, E Ekel,
/// A Angst, F Freude, T Trauer.
struct EmoDBLayout: NamingLayout {
    static let name = "emodb"
    let classes = Self.emotions.map(\.name)
    let labelSet = "emodb-7"
    let source = CorpusSource.emodb
    let clipCount = 535

    private static let emotions: [(code: String, name: String)] = [
        ("N", "neutral"), ("F", "happy"), ("T", "sad"), ("W", "angry"), ("A", "fearful"), ("E", "disgust"),
        ("L", "bored"),
    ]
    private static let men: Set<String> = ["03", "10", "11", "12", "15"]
    private static let women: Set<String> = ["08", "09", "13", "14", "16"]
    private static let texts = ["a01", "a02", "a04", "a05", "a07", "b01", "b02", "b03", "b09", "b10"]

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let name = stem(of: path)
        guard name.utf8.count == 7, name.count == 7 else {
            throw LayoutFault(
                reason: "the name has \(name.count) characters instead of 7 (speaker, text, emotion, version)")
        }
        let speaker = String(name.prefix(2))
        let isMan = Self.men.contains(speaker)
        guard isMan || Self.women.contains(speaker) else {
            throw LayoutFault(reason: "its speaker is \"\(speaker)\" instead of 03 or 08 to 16")
        }
        let text = String(name.dropFirst(2).prefix(3))
        _ = try LayoutFault.place(of: text, among: Self.texts, called: "text")
        let letter = String(name.dropFirst(5).prefix(1))
        let label = try LayoutFault.place(of: letter, among: Self.emotions.map(\.code), called: "emotion")
        guard let version = name.last, ("a"..."z").contains(version) else {
            throw LayoutFault(reason: "its version is no letter from a to z")
        }
        return ClipDescription(speaker: speaker, label: label, sex: isMan ? .male : .female)
    }
}
