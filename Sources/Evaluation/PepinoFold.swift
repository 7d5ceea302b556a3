/// The one RAVDESS fold of Pepino et al.: actors 01 to 20 are trained on, 21 and 22 validated on, 23 and 24 tested.
///
/// Source: Pepino, Riera and Ferrer, "Emotion Recognition from Speech Using Wav2vec 2.0 Embeddings", Interspeech 2021.
struct PepinoFold: Splitter {
    static let validationActors = ["21", "22"]
    static let testActors = ["23", "24"]

    let name = "pepino-23-24"
    let summary = "The fold of Pepino et al.: actors 23 and 24 are tested, 21 and 22 validated on, 01 to 20 trained on."
    let isSpeakerIndependent = true

    func foldCount(of clips: [LabelledClip]) -> Int { 1 }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        try RAVDESSActors.checkNobodyElseSpeaks(in: clips, protocolName: name)
        let validation = clips.indices.filter { Self.validationActors.contains(clips[$0].speaker) }
        let test = clips.indices.filter { Self.testActors.contains(clips[$0].speaker) }
        let heldOut = Set(validation + test)
        let fold = Fold(
            name: "actors-23-24", train: clips.indices.filter { !heldOut.contains($0) }, validation: validation,
            test: test)
        // Were it left empty, the validation rule would fill it with other actors than the paper's.
        if validation.isEmpty { throw EvaluationError.emptyPart(.validation, fold: fold.name) }
        return [fold]
    }
}
