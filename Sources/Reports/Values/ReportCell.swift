import Evaluation

/// One point of the grid: how clips are split, what the head sees, how it is trained.
///
/// What it gave is told fold by fold.
public struct ReportCell: Sendable, Equatable {
    /// A short name, distinct within the report.
    public var id: String
    /// Who is tested and who is trained on.
    public var split: ReportSplit
    /// Whether unlabelled test clips had a part in the preparation; if so, the report is stamped transductive.
    public var isTransductive: Bool
    /// The names of the classes, in the order of the labels.
    public var classes: [String]
    /// How the classes come from the corpus's own, in a few words.
    public var labels: String
    /// Whether classes that the head was trained to tell apart are counted as one.
    public var isMergedLater: Bool
    /// SHA-256 over the paths and contents of the corpus's clips, as hexadecimal digits.
    public var corpus: String
    /// SHA-256 of the recipe that made the features, as hexadecimal digits.
    public var recipe: String
    /// Which encoder made the features, in a few words; shown where a report has several.
    public var encoder: String
    /// The encoder's layer or layers, as the stage file has them.
    public var layer: String
    /// The numbers of the encoder's layers that the head is given, in the order in which it takes them.
    public var layers: [Int]
    /// Whether the head sees one layer as it is, which gives it a place on a curve over layers.
    public var isSingleLayer: Bool
    /// The head and its training in a few words; cells that differ by seed only have the same.
    public var head: String
    /// The training seed, which axes name `seed`.
    public var seed: UInt64
    /// The value chosen on each axis of the grid, in the order of the axes.
    public var axes: [ReportAxis]
    /// Whether it is what others must beat, such as the majority class, and no point of the grid.
    public var isControl: Bool

    /// Gathers one point of the grid.
    public init(
        id: String, split: ReportSplit, isTransductive: Bool = false, classes: [String], labels: String = "",
        isMergedLater: Bool = false, corpus: String = "", recipe: String = "",
        encoder: String = "", layer: String, layers: [Int] = [], isSingleLayer: Bool = false, head: String,
        seed: UInt64,
        axes: [ReportAxis] = [], isControl: Bool = false
    ) {
        self.id = id
        self.split = split
        self.isTransductive = isTransductive
        self.classes = classes
        self.labels = labels
        self.isMergedLater = isMergedLater
        self.corpus = corpus
        self.recipe = recipe
        self.encoder = encoder
        self.layer = layer
        self.layers = layers
        self.isSingleLayer = isSingleLayer
        self.head = head
        self.seed = seed
        self.axes = axes
        self.isControl = isControl
    }

    /// The layer's number where the head sees one as it is.
    var layerNumber: Int? { isSingleLayer ? layers.first : nil }

    /// What the cell's figures must be read with, in a few words each.
    var conditions: [String] {
        [split.isSpeakerIndependent ? "speaker-independent" : "speaker-dependent"]
            + (isTransductive ? ["transductive"] : [])
    }
}

/// How a protocol divides the corpus.
public struct ReportSplit: Sendable, Hashable {
    /// The protocol's name.
    public var name: String
    /// One sentence on who is tested and who is trained on.
    public var summary: String
    /// SHA-256 over the test clips of every fold and the clips that weights may be fitted to, as hexadecimal digits.
    public var digest: String
    /// Whether no test speaker was trained on; if not, the report is stamped speaker-dependent.
    public var isSpeakerIndependent: Bool

    /// Gathers what a report says of a protocol.
    public init(name: String, summary: String, digest: String, isSpeakerIndependent: Bool) {
        self.name = name
        self.summary = summary
        self.digest = digest
        self.isSpeakerIndependent = isSpeakerIndependent
    }
}

/// The choice that a cell makes on one axis of the grid.
public struct ReportAxis: Sendable, Hashable {
    /// The key path within the train stage, such as `optimizer.learningRate`.
    public var name: String
    /// The value as text.
    public var value: String

    /// Names the choice on one axis.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension ReportAxis {
    /// Whether the axis decides which clips are tested under which labels: cells that differ on it are never ranked together.
    ///
    /// The seed of a split also draws validation speakers, so that it may tell cells of one division apart.
    public var isDividing: Bool {
        ["protocol", "folds", "allowSpeakerOverlap", "split.k", "split.testFraction"].contains(name)
            || name == "labels" || name.hasPrefix("labels.")
    }

    /// Whether the axis is under a name, as `head.hidden` is under `head`.
    public func isUnder(_ parent: String) -> Bool { name == parent || name.hasPrefix(parent + ".") }
}

extension ReportCell {
    /// The value chosen on an axis.
    func value(on axis: String) -> String? { axes.first { $0.name == axis }?.value }

    /// What tells the cell from others of its division, training seed apart.
    var variantAxes: [ReportAxis] { axes.filter { !$0.isDividing && $0.name != "seed" } }
}

extension [ReportCell] {
    /// The names of all axes that any of the cells has, in the order in which cells first have them.
    var axisNames: [String] { flatMap(\.axes).map(\.name).uniqued() }
}
