/// One division of a corpus: indexes of the clips to train on, to stop and choose by, and to test on.
///
/// Folds are many, and nearly every clip is in each of them: an index is kept in four bytes. The parts are made anew each
/// time that they are asked for.
public struct Fold: Sendable, Equatable {
    /// The fold's name within its protocol, such as "fold-1" or "speaker-07".
    public let name: String
    private let trained: [Int32]
    private let validated: [Int32]
    private let tested: [Int32]

    /// Gathers the three parts of one division; indexes beyond 31 bits trap.
    public init(name: String, train: [Int], validation: [Int] = [], test: [Int]) {
        self.name = name
        trained = train.map { Int32($0) }
        validated = validation.map { Int32($0) }
        tested = test.map { Int32($0) }
    }

    /// Indexes of the clips that weights are fitted to, ascending.
    public var train: [Int] { trained.map { Int($0) } }

    /// Indexes of the clips that early stopping looks at, ascending; empty where nothing is held out.
    public var validation: [Int] { validated.map { Int($0) } }

    /// Indexes of the clips that the result is measured on, ascending.
    public var test: [Int] { tested.map { Int($0) } }

    /// The fold of the same clips where the clip of each index has another.
    ///
    /// - Parameter indexes: the other index of each clip, ascending.
    public func renumbered(by indexes: [Int]) -> Fold {
        Fold(
            name: name, train: train.map { indexes[$0] }, validation: validation.map { indexes[$0] },
            test: test.map { indexes[$0] })
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
        if trained.isEmpty { throw EvaluationError.emptyPart(.train, fold: name) }
        if tested.isEmpty { throw EvaluationError.emptyPart(.test, fold: name) }
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
