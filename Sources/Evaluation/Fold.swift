/// One division of a corpus: indexes of the clips to train on, to stop and choose by, and to test on.
public struct Fold: Sendable, Equatable {
    /// The fold's name within its protocol, such as "fold-1" or "speaker-07".
    public var name: String
    /// Indexes of the clips that weights are fitted to, ascending.
    public var train: [Int]
    /// Indexes of the clips that early stopping looks at, ascending; empty where nothing is held out.
    public var validation: [Int]
    /// Indexes of the clips that the result is measured on, ascending.
    public var test: [Int]

    /// Gathers the three parts of one division.
    public init(name: String, train: [Int], validation: [Int] = [], test: [Int]) {
        self.name = name
        self.train = train
        self.validation = validation
        self.test = test
    }
}

extension Fold {
    /// A fold that tests on some of `count` clips and trains on all the others.
    init(name: String, testing test: [Int], outOf count: Int) {
        let tested = Set(test)
        self.init(name: name, train: (0..<count).filter { !tested.contains($0) }, test: test.sorted())
    }

    /// Throws unless there is something to train on and something to test on.
    func checkNothingIsEmpty() throws {
        if train.isEmpty { throw EvaluationError.emptyPart(.train, fold: name) }
        if test.isEmpty { throw EvaluationError.emptyPart(.test, fold: name) }
    }

    /// Throws if the test part holds a class that no training clip has, which no head could ever answer.
    func checkEveryTestClassIsTrained(on clips: [LabelledClip]) throws {
        let trained = Set(train.map { clips[$0].label })
        guard let stranger = test.first(where: { !trained.contains(clips[$0].label) }) else { return }
        throw EvaluationError.untrainedClass(clips[stranger].label, fold: name, clip: clips[stranger].path)
    }
}

/// One of the three parts of a fold.
public enum FoldPart: String, Sendable, CaseIterable {
    /// The clips that weights are fitted to.
    case train = "training"
    /// The clips that early stopping looks at.
    case validation
    /// The clips that the result is measured on.
    case test
}
