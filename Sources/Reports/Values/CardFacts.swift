/// What the model cards of a pipeline have in common: values without clock, host or paths.
public struct CardSource: Sendable, Equatable {
    /// The program that trained the heads, with its version.
    public var software: String
    /// The pipeline's name.
    public var pipeline: String
    /// What the heads were trained and tested on.
    public var corpus: CardCorpus

    /// Gathers what the cards have in common.
    public init(software: String, pipeline: String, corpus: CardCorpus) {
        self.software = software
        self.pipeline = pipeline
        self.corpus = corpus
    }
}

/// What a model card says of the corpus, in plain text.
public struct CardCorpus: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// How many clips it has.
    public var clips: Int
    /// How many people speak in it.
    public var speakers: Int
    /// SHA-256 over the paths and contents of all clips, as hexadecimal digits.
    public var digest: String
    /// Under which licence it is to be had.
    public var licence: String
    /// The publication that describes it; nil where there is none.
    public var citation: String?
    /// A warning that stands before everything else, such as that the speech is synthetic; nil where there is none.
    public var stamp: String?
    /// What its speech and its labels do not allow to conclude, a sentence or two each.
    public var limits: [String]

    /// Gathers what is known of a corpus.
    public init(
        name: String, clips: Int, speakers: Int, digest: String, licence: String, citation: String? = nil,
        stamp: String? = nil, limits: [String]
    ) {
        self.name = name
        self.clips = clips
        self.speakers = speakers
        self.digest = digest
        self.licence = licence
        self.citation = citation
        self.stamp = stamp
        self.limits = limits
    }
}

/// What a model card says of the encoder that the head listens to.
public struct CardEncoder: Sendable, Equatable {
    /// Who made its weights.
    public enum Standing: Sendable, Equatable {
        /// A checkpoint that Timbre recognises.
        case published
        /// Random weights.
        case untrained
        /// Anything else.
        case unrecognised
    }

    /// Who made its weights, in a few words.
    public var origin: String
    /// The same as a choice of three.
    public var standing: Standing
    /// SHA-256 of the file of its weights, as hexadecimal digits.
    public var digest: String
    /// How sound becomes hidden states, in a few words.
    public var recipe: String
    /// How many hidden states it gives.
    public var states: Int
    /// How many numbers a hidden state has.
    public var hidden: Int
    /// Whether the exported embeddings are this encoder's.
    public var isExported: Bool

    /// Gathers what is known of an encoder.
    public init(
        origin: String, standing: Standing, digest: String, recipe: String, states: Int, hidden: Int, isExported: Bool
    ) {
        self.origin = origin
        self.standing = standing
        self.digest = digest
        self.recipe = recipe
        self.states = states
        self.hidden = hidden
        self.isExported = isExported
    }
}

/// What a model card says of one saved head beside its scores.
public struct CardHead: Sendable, Equatable {
    /// How the hidden states become the head's input.
    public enum Input: Sendable, Equatable {
        /// One state as it is.
        case layer
        /// Several, one behind the other.
        case concatenation
        /// Their mean.
        case average
        /// Their sum under weights that the head learned.
        case weightedSum
    }

    /// How the input is standardised.
    public enum Scaling: Sendable, Equatable {
        /// Not at all.
        case none
        /// By the training clips, folded into the first layer.
        case train
        /// By all of each speaker's own clips.
        case speaker
    }

    /// How many clips of how many speakers a part of the fold has.
    public struct Part: Sendable, Equatable {
        /// The clips.
        public var clips: Int
        /// Who speaks them.
        public var speakers: Int

        /// Counts a part.
        public init(clips: Int, speakers: Int) {
            self.clips = clips
            self.speakers = speakers
        }
    }

    /// The name of its file, which the card stands beside.
    public var file: String
    /// The encoder whose states it takes.
    public var encoder: CardEncoder
    /// How it takes them.
    public var input: Input
    /// How they are standardised.
    public var scaling: Scaling
    /// The widths of its hidden layers.
    public var hidden: [Int]
    /// The probability with which training dropped a hidden unit.
    public var dropout: Double
    /// What its weights were fitted to.
    public var train: Part
    /// What early stopping looked at.
    public var validation: Part

    /// Gathers what is known of a head.
    public init(
        file: String, encoder: CardEncoder, input: Input, scaling: Scaling, hidden: [Int], dropout: Double,
        train: Part, validation: Part
    ) {
        self.file = file
        self.encoder = encoder
        self.input = input
        self.scaling = scaling
        self.hidden = hidden
        self.dropout = dropout
        self.train = train
        self.validation = validation
    }
}
