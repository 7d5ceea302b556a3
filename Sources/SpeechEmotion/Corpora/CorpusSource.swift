/// What must be said of a corpus wherever its data, or what was learned from them, go.
struct CorpusSource: Sendable, Equatable {
    let name: String
    /// Under which licence it is to be had.
    let licence: String
    /// The publication that describes it, which its licence wants named; nil where there is none.
    let citation: String?
    /// A warning that stands before all figures; nil where there is none.
    let stamp: String?
    /// What its speech and its labels do not allow to conclude, a sentence or two each.
    let limits: [String]
}

extension CorpusSource {
    /// Livingstone and Russo's recordings.
    static let ravdess = CorpusSource(
        name: "RAVDESS, the Ryerson Audio-Visual Database of Emotional Speech and Song: its speech clips, sound only",
        licence:
            "CC BY-NC-SA 4.0 (https://creativecommons.org/licenses/by-nc-sa/4.0/): not for commercial use; what is "
            + "made from the clips is to be shared alike",
        citation: "Livingstone SR, Russo FA (2018). The Ryerson Audio-Visual Database of Emotional Speech and Song "
            + "(RAVDESS): A dynamic, multimodal set of facial and vocal expressions in North American English. PLoS ONE "
            + "13(5): e0196391. https://doi.org/10.1371/journal.pone.0196391",
        stamp: nil,
        limits: [
            "The speech is acted: 24 professional actors in a studio. People who feel something sound otherwise, and less "
                + "plainly.",
            "The labels are what the actors were asked to express, not what anyone felt, nor what listeners heard.",
            "There are two sentences, in North American English.",
        ])

    /// What a synthesize stage speaks in the shape of RAVDESS.
    static let synthetic = CorpusSource(
        name: "synthetic speech in the shape of RAVDESS, spoken by espeak-ng for Timbre's demo",
        licence:
            "none needed: no recording of a person is in it, and nothing of RAVDESS but its two sentences and its way "
            + "of naming files",
        citation: nil,
        stamp: "Synthetic speech: these figures say nothing about people.",
        limits: [
            "The speech is synthetic: a program speaks, and its emotions are settings of pitch, rate and loudness.",
            "The labels name those settings; nobody expressed or felt anything.",
            "There are two sentences, in English.",
        ])
}
