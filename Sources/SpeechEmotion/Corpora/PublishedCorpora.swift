import FeatureStore

extension CorpusSource {
    /// The Berlin recordings of Burkhardt et al.
    static let emodb = CorpusSource(
        name: "EmoDB, the Berlin Database of Emotional Speech",
        licence: "its makers' terms: http://emodb.bilderbar.info",
        citation:
            "Burkhardt F, Paeschke A, Rolfes M, Sendlmeier W, Weiss B (2005). A Database of German Emotional Speech. "
            + "Interspeech 2005.",
        stamp: nil,
        limits: [
            acted("ten actors in an anechoic chamber"),
            "The published clips are those that listeners recognised and found natural most often.",
            "There are ten sentences, in German.",
        ])

    /// The recordings of Cao et al.
    static let cremaD = CorpusSource(
        name: "CREMA-D, the Crowd-sourced Emotional Multimodal Actors Dataset: sound only",
        licence:
            "Open Database License (https://opendatacommons.org/licenses/odbl/), its contents under the Database Contents "
            + "License",
        citation: "Cao H, Cooper DG, Keutmann MK, Gur RC, Nenkova A, Verma R (2014). CREMA-D: Crowd-sourced Emotional "
            + "Multimodal Actors Dataset. IEEE Transactions on Affective Computing 5(4).",
        stamp: nil,
        limits: [
            acted("91 actors"),
            "The labels are what the actors were asked to express; what the crowd heard in sound alone is often another.",
            "There are twelve sentences, in English.",
        ])

    /// The recordings of Haq and Jackson.
    static let savee = CorpusSource(
        name: "SAVEE, the Surrey Audio-Visual Expressed Emotion database: sound only",
        licence: "research use, on registration: http://kahlan.eps.surrey.ac.uk/savee/",
        citation:
            "Haq S, Jackson PJB (2010). Multimodal Emotion Recognition. In: Machine Audition: Principles, Algorithms and "
            + "Systems. IGI Global.",
        stamp: nil,
        limits: [
            acted("four men, students and researchers"),
            "Four speakers of one sex are too few for intervals over speakers.",
            "The sentences are in British English and differ between emotions but for three.",
        ])

    /// The recordings of Pichora-Fuller and Dupuis.
    static let tess = CorpusSource(
        name: "TESS, the Toronto Emotional Speech Set",
        licence: "CC BY-NC-ND 4.0 (https://creativecommons.org/licenses/by-nc-nd/4.0/)",
        citation:
            "Pichora-Fuller MK, Dupuis K (2020). Toronto emotional speech set (TESS). University of Toronto Dataverse. "
            + "https://doi.org/10.5683/SP2/E8H2MF",
        stamp: nil,
        limits: [
            acted("two women"), "Two speakers are too few for intervals over speakers.",
            "There is one carrier sentence with 200 words, in English.",
        ])

    /// The recordings of Busso et al.
    static let iemocap = CorpusSource(
        name: "IEMOCAP, the Interactive Emotional Dyadic Motion Capture database: sound only",
        licence: "by agreement with the University of Southern California: https://sail.usc.edu/iemocap/",
        citation:
            "Busso C, Bulut M, Lee CC, Kazemzadeh A, Mower E, Kim S, Chang JN, Lee S, Narayanan SS (2008). IEMOCAP: "
            + "Interactive emotional dyadic motion capture database. Language Resources and Evaluation 42(4).",
        stamp: nil,
        limits: [
            "The speech is acted by ten actors in pairs, half of it improvised.",
            "The labels are what most of three listeners chose.",
            "Both speakers of a session talk with one another: whole sessions, not speakers, are strangers to one another.",
        ])

    /// A corpus that a table describes.
    static func table(_ digest: Digest) -> CorpusSource {
        CorpusSource(
            name: "a corpus that a table of clips describes (SHA-256 \(digest))",
            licence: "unknown to Timbre: see where the corpus is from", citation: nil, stamp: nil,
            limits: [
                "What the labels mean, who speaks and how the clips were recorded only the corpus's makers can tell."
            ])
    }

    /// Several corpora together.
    static func joint(_ parts: [(name: String, source: CorpusSource)]) -> CorpusSource {
        func each(_ words: (CorpusSource) -> String?) -> [String] {
            parts.compactMap { part in words(part.source).map { "\(part.name): \($0)" } }
        }
        let citations = each(\.citation)
        return CorpusSource(
            name: each(\.name).joined(separator: "; "), licence: each(\.licence).joined(separator: "; "),
            citation: citations.isEmpty ? nil : citations.joined(separator: "; "),
            stamp: parts.lazy.compactMap(\.source.stamp).first,
            limits: parts.flatMap { part in part.source.limits.map { "\(part.name): \($0)" } })
    }

    private static func acted(_ by: String) -> String {
        "The speech is acted: \(by). People who feel something sound otherwise, and less plainly."
    }
}
