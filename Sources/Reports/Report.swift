import Evaluation

/// Everything that a report says, as values: neither clock nor host nor absolute paths.
public struct Report: Sendable, Equatable {
    /// The heading, usually the pipeline's name.
    public var title: String
    /// What was asked, in Markdown: the comment that opens the stage file, or nothing.
    public var question: String
    /// Warnings in plain text that stand before everything else, such as that the encoder is untrained.
    ///
    /// That cells are speaker-dependent or transductive is stamped without being listed here.
    public var stamps: [String]
    /// The names of the classes, in the order of the labels.
    public var classes: [String]
    /// The points of the grid, in its order; at least one, with distinct ids.
    public var cells: [ReportCell]
    /// Results of others to set beside these.
    public var published: [PublishedResult]
    /// Clips that were left out.
    public var excluded: [ExcludedClip]
    /// Digests, versions and settings that made the result, in the order to be shown.
    public var provenance: [ProvenanceEntry]
    /// How the intervals are drawn.
    public var bootstrap: SpeakerBootstrap

    /// Gathers what a report says.
    public init(
        title: String, question: String, stamps: [String] = [], classes: [String], cells: [ReportCell],
        published: [PublishedResult] = [], excluded: [ExcludedClip] = [], provenance: [ProvenanceEntry] = [],
        bootstrap: SpeakerBootstrap = SpeakerBootstrap(seed: 0)
    ) {
        self.title = title
        self.question = question
        self.stamps = stamps
        self.classes = classes
        self.cells = cells
        self.published = published
        self.excluded = excluded
        self.provenance = provenance
        self.bootstrap = bootstrap
    }
}

/// A clip that was left out, and why.
public struct ExcludedClip: Sendable, Equatable {
    /// The path relative to the corpus root.
    public var clip: String
    /// Why it was left out, in plain text.
    public var reason: String

    /// Names a clip that was left out.
    public init(clip: String, reason: String) {
        self.clip = clip
        self.reason = reason
    }
}

/// One fact about how the result was made.
public struct ProvenanceEntry: Sendable, Equatable {
    /// What the fact is about, such as "encoder".
    public var name: String
    /// The fact, in plain text.
    public var value: String

    /// Names one fact.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
