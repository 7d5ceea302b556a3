/// One clip as splits and protocols see it: what it is called, what it sounds like, who speaks and what was meant.
public struct LabelledClip: Sendable, Hashable {
    /// The path relative to the corpus root.
    public var path: String
    /// The digest of the audio content; two clips with one content are the same recording.
    public var content: String
    /// The speaker's name in the corpus; RAVDESS's are "01" to "24".
    public var speaker: String
    /// The index of the class meant.
    public var label: Int
    /// The speaker's sex; nil where the corpus does not tell.
    public var sex: SpeakerSex?
    /// Which of several corpora the clip is from; empty where there is one.
    public var corpus: String

    /// Gathers what a protocol needs to know of one clip.
    public init(
        path: String, content: String, speaker: String, label: Int, sex: SpeakerSex? = nil, corpus: String = ""
    ) {
        self.path = path
        self.content = content
        self.speaker = speaker
        self.label = label
        self.sex = sex
        self.corpus = corpus
    }
}
