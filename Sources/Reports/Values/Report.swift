import Drawing
import Evaluation

/// Everything that a report says apart from its cells, as values: neither clock nor host nor absolute paths.
public struct Report: Sendable, Equatable {
    /// The heading, usually the pipeline's name.
    public var title: String
    /// What was asked, in Markdown, a paragraph a line: the comment that opens the stage file, or nothing.
    public var question: String
    /// Warnings in plain text that stand before everything else, such as that the encoder is untrained.
    ///
    /// That cells are speaker-dependent or transductive is stamped without being listed here.
    public var stamps: [String]
    /// Results of others to set beside these.
    public var published: [PublishedResult]
    /// Clips that were left out.
    public var excluded: [ExcludedClip]
    /// Cells that were left out.
    public var leftOut: [LeftOutCell]
    /// Digests, versions and settings that made the result, in the order to be shown.
    public var provenance: [ProvenanceEntry]
    /// How the intervals are drawn.
    public var bootstrap: SpeakerBootstrap
    /// What is to be chosen for each fold by its validation clips; nil where nothing is.
    public var selection: SelectionRequest?
    /// Which cells are compared clip by clip and speaker by speaker.
    public var comparison: ComparisonRequest
    /// How many cells, from the first on, have pictures of their own.
    public var picturedCells: Int
    /// The colour of the confusion matrices.
    public var palette: Palette
    /// Classes that others say are confused most.
    public var claimedConfusions: [ClaimedConfusion]
    /// Where corpora lie as seen from the report's folder; a clip that none of them covers has its name alone.
    public var corpusLinks: [CorpusLink]

    /// Gathers what a report says.
    public init(
        title: String, question: String, stamps: [String] = [], published: [PublishedResult] = [],
        excluded: [ExcludedClip] = [], leftOut: [LeftOutCell] = [], provenance: [ProvenanceEntry] = [],
        bootstrap: SpeakerBootstrap = SpeakerBootstrap(seed: 0), selection: SelectionRequest? = nil,
        comparison: ComparisonRequest = .automatic, picturedCells: Int = 12, palette: Palette = .blue,
        claimedConfusions: [ClaimedConfusion] = [], corpusLinks: [CorpusLink] = []
    ) {
        self.title = title
        self.question = question
        self.stamps = stamps
        self.published = published
        self.excluded = excluded
        self.leftOut = leftOut
        self.provenance = provenance
        self.bootstrap = bootstrap
        self.selection = selection
        self.comparison = comparison
        self.picturedCells = picturedCells
        self.palette = palette
        self.claimedConfusions = claimedConfusions
        self.corpusLinks = corpusLinks
    }
}

/// Where a corpus lies as seen from a report's folder; a page on which it leads nowhere shows names alone.
public struct CorpusLink: Sendable, Equatable {
    /// What stands before the corpus's own paths in the names of its clips; empty where there is one corpus.
    public let prefix: String
    /// The folder, as a link with a slash at the end.
    public let link: String

    /// Links the clips whose names begin with `prefix`.
    public init(prefix: String, link: String) {
        (self.prefix, self.link) = (prefix, link)
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

/// A cell of the grid whose heads could not all be trained, so that there is nothing to report of it.
public struct LeftOutCell: Sendable, Equatable {
    /// A fold whose head could not be trained.
    public struct Fold: Sendable, Equatable {
        /// The fold's name.
        public var name: String
        /// Why not, in plain text.
        public var reason: String

        /// Names a fold.
        public init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    /// The cell's short name.
    public var id: String
    /// The value chosen on each axis of the grid.
    public var axes: [ReportAxis]
    /// The head and its training in a few words, for a grid without axes.
    public var head: String
    /// In the protocol's order, at least one.
    public var folds: [Fold]

    /// Gathers what is said of a cell.
    public init(id: String, axes: [ReportAxis], head: String, folds: [Fold]) {
        self.id = id
        self.axes = axes
        self.head = head
        self.folds = folds
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
