import Evaluation

/// CREMA-D, the Crowd-sourced Emotional Multimodal Actors Dataset.
///
/// `1001_DFA_ANG_XX.wav` is actor 1001, sentence DFA, emotion
/// ANG, intensity XX. Labels are what the actors were asked for, not what the crowd heard; the sexes stand in a table of its own.
///
/// Source: Cao, Cooper, Keutmann, Gur, Nenkova and Verma, "CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset", IEEE
/// Transactions on Affective Computing 5(4), 2014, and the README of https://github.com/CheyneyComputerScience/CREMA-D.
struct CremaDLayout: NamingLayout {
    static let name = "crema-d"
    let classes = Self.emotions.map(\.name)
    let labelSet = "crema-d-6"
    let source = CorpusSource.cremaD
    let clipCount = 7442

    private static let emotions: [(code: String, name: String)] = [
        ("NEU", "neutral"), ("HAP", "happy"), ("SAD", "sad"), ("ANG", "angry"), ("FEA", "fearful"),
        ("DIS", "disgust"),
    ]
    private static let sentences = [
        "IEO", "TIE", "IOM", "IWW", "TAI", "MTI", "IWL", "ITH", "DFA", "ITS", "TSI", "WSI",
    ]
    /// One published file has a single X.
    private static let intensities = ["LO", "MD", "HI", "XX", "X"]

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let fields = stem(of: path).split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4 else {
            throw LayoutFault(
                reason: "the name has \(fields.count) fields instead of 4 (actor_sentence_emotion_intensity)")
        }
        guard fields[0].utf8.count == 4, let actor = Int(fields[0]), (1001...1091).contains(actor) else {
            throw LayoutFault(reason: "its actor is \"\(fields[0])\" instead of 1001 to 1091")
        }
        _ = try LayoutFault.place(of: fields[1], among: Self.sentences, called: "sentence")
        let label = try LayoutFault.place(of: fields[2], among: Self.emotions.map(\.code), called: "emotion")
        guard Self.intensities.contains(fields[3]) else {
            throw LayoutFault(reason: "its intensity is \"\(fields[3])\" instead of LO, MD, HI or XX")
        }
        return ClipDescription(speaker: fields[0], label: label)
    }
}
