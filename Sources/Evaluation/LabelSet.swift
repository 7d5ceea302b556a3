/// How the labels of a corpus become the labels of an experiment: classes that count as others, and classes left out.
public struct LabelSet: Sendable, Hashable {
    /// The classes of the experiment, in the order in which the corpus first has one of their members.
    public let classes: [String]
    /// What was done to the corpus's classes, for reports: "all 8 classes", "calm as neutral; neutral and sad kept".
    public let summary: String
    /// The experiment's label for each of the corpus's; nil where the class is left out.
    private let labels: [Int?]

    /// Merges classes of the corpus, then keeps some of what there is.
    ///
    /// `corpusClasses` are in the order of the corpus's labels, each once. `merging` maps a class of the corpus to the
    /// class it counts as, which is another one or a new name; `keeping` names classes after merging, nil keeps all.
    /// `common` are the classes after merging that several corpora all have, nil where they are not compared: no other can
    /// be kept.
    ///
    /// Throws ``EvaluationError`` for a class that there is not, one merged into itself or into one that is merged
    /// itself, one kept twice, and fewer than two classes in the end.
    public init(
        of corpusClasses: [String], merging: [String: String] = [:], keeping: [String]? = nil, common: [String]? = nil
    ) throws {
        precondition(
            Set(corpusClasses).count == corpusClasses.count, "different corpus classes expected, found \(corpusClasses)"
        )
        try Self.check(merging: merging, corpusClasses: corpusClasses)
        let targets = corpusClasses.map { merging[$0] ?? $0 }
        let merged = targets.uniqued()
        let eligible = merged.filter { common?.contains($0) ?? true }
        try Self.check(keeping: keeping ?? [], classes: eligible)
        classes = eligible.filter { keeping?.contains($0) ?? true }
        guard classes.count > 1 else { throw EvaluationError.tooFewClasses(classes) }
        labels = targets.map(classes.firstIndex(of:))
        let reason = common != nil && classes == eligible ? ", which all corpora have" : ""
        let kept = classes.count < merged.count ? "\(enumeration(of: classes)) kept\(reason)" : nil
        let phrases = [Self.mergers(merging, corpusClasses: corpusClasses), kept].compactMap { $0 }
        summary = phrases.isEmpty ? "all \(classes.count) classes" : phrases.joined(separator: "; ")
    }

    /// The experiment's label of a label of the corpus; nil where the class is left out.
    ///
    /// A label that the corpus does not have traps.
    public func label(of corpusLabel: Int) -> Int? {
        precondition(
            labels.indices.contains(corpusLabel), "a corpus label in \(labels.indices) expected, found \(corpusLabel)")
        return labels[corpusLabel]
    }
}

extension LabelSet {
    private static func check(merging: [String: String], corpusClasses: [String]) throws {
        let unknown = Set(merging.keys).subtracting(corpusClasses).sorted()
        guard unknown.isEmpty else {
            throw EvaluationError.unknownMergedClasses(unknown, corpusClasses: corpusClasses)
        }
        for name in corpusClasses {
            guard let target = merging[name] else { continue }
            guard target != name else { throw EvaluationError.mergedIntoItself(name) }
            if let next = merging[target] { throw EvaluationError.mergeChain(name, target, next) }
        }
    }

    private static func check(keeping: [String], classes: [String]) throws {
        let unknown = keeping.filter { !classes.contains($0) }.uniqued()
        guard unknown.isEmpty else { throw EvaluationError.unknownKeptClasses(unknown, classes: classes) }
        if let twice = keeping.first(where: { name in keeping.count { $0 == name } > 1 }) {
            throw EvaluationError.keptTwice(twice)
        }
    }

    /// "calm and bored as neutral, angry as negative", in the order of the corpus; nil where nothing is merged.
    private static func mergers(_ merging: [String: String], corpusClasses: [String]) -> String? {
        let targets = corpusClasses.compactMap { merging[$0] }.uniqued()
        let phrases = targets.map { target in
            "\(enumeration(of: corpusClasses.filter { merging[$0] == target })) as \(target)"
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: ", ")
    }
}

/// "neutral, happy and sad".
private func enumeration(of names: [String]) -> String {
    let (last, others) = (names.suffix(1), names.dropLast())
    return [others.joined(separator: ", "), last.joined()].filter { !$0.isEmpty }.joined(separator: " and ")
}
