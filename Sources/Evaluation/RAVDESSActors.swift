/// The 24 actors of RAVDESS, whom frozen lists of folds name.
///
/// Source: Livingstone and Russo, "The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS)", PLoS ONE
/// 13(5), 2018.
enum RAVDESSActors {
    /// "01" to "24".
    static let names = (1...24).map { $0 < 10 ? "0\($0)" : "\($0)" }

    /// Throws ``EvaluationError/unlistedSpeakers(_:protocolName:)`` if anyone else speaks in the corpus.
    static func checkNobodyElseSpeaks(in clips: [LabelledClip], protocolName: String) throws {
        let strangers = Set(clips.map(\.speaker)).subtracting(names).sorted()
        guard strangers.isEmpty else { throw EvaluationError.unlistedSpeakers(strangers, protocolName: protocolName) }
    }
}
