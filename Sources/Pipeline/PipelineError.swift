import Diagnosis

/// What can be wrong with a stage file, a `--set`, a `--force` or the graph of stages.
public enum PipelineError: DiagnosableError, Equatable {
    /// There is no such file.
    case notFound(file: String)
    /// The file is there but cannot be read.
    case unreadable(file: String)
    /// The file has more bytes than a stage file may have.
    case tooLarge(file: String, limit: Int)
    /// The file's bytes are not UTF-8.
    case notUTF8(file: String)
    /// A character that YAML, or this reader of it, does not allow.
    case character(SourcePlace, Unicode.Scalar)
    /// Lists and mappings nested too deep.
    case tooDeep(SourcePlace, limit: Int)
    /// Too many nodes once aliases are followed.
    case tooManyNodes(SourcePlace, limit: Int)
    /// Not YAML; `problem` is libyaml's wording.
    case syntax(SourcePlace, problem: String)
    /// One mapping holds a key twice; the place is that of the first.
    case duplicateKey(SourcePlace, key: String)
    /// A second document begins.
    case severalDocuments(SourcePlace)
    /// No document at all.
    case empty(source: String)
    /// A tag such as `!!binary`.
    case tag(SourcePlace, tag: String)
    /// An alias to an anchor that does not come before it.
    case unknownAlias(SourcePlace, name: String, known: [String])
    /// A key that is a list, a mapping, an alias or nothing.
    case keyNotText(SourcePlace, found: String)
    /// A merge key whose value is no mapping.
    case mergeOfNoMapping(SourcePlace, found: String)

    /// A value that its key does not take.
    case wrongType(SourcePlace, found: String, expected: String, remedy: String?)
    /// A required key is absent; `nearest` is a key that is there, unread and similar.
    case missingKey(SourcePlace, key: String, expected: String, nearest: String?)
    /// A key that nothing reads.
    case unknownKey(SourcePlace, key: String, valid: [String])

    /// A stage's name that could not stand in `--set` or `--force`.
    case stageName(SourcePlace, found: String)
    /// A need that is no stage of the file.
    case unknownNeed(SourcePlace, stage: String, need: String, stages: [String])
    /// A stage that needs itself.
    case needsItself(SourcePlace, stage: String)
    /// A need that stands twice.
    case repeatedNeed(SourcePlace, need: String)
    /// Stages that need each other in a circle, the first repeated at the end.
    case cycle(SourcePlace, [String])
    /// A kind that no code answers to.
    case unknownKind(SourcePlace, kind: String, kinds: [String])

    /// A `--set` that is not PATH=VALUE.
    case malformedOverride(String)
    /// A `--set` whose path begins with no stage.
    case overrideOfNoStage(String, found: String, stages: [String])
    /// A `--set` whose path ends at a stage.
    case overrideOfWholeStage(String, stage: String)
    /// A `--set` whose path goes on inside something that is no mapping.
    case overrideInsideValue(String, key: String, parent: String, found: String)
    /// A `--force` of no stage.
    case unknownForcedStage(String, stages: [String])

    /// An axis without elements.
    case emptyAxis(SourcePlace)
    /// One value twice on one axis.
    case repeatedAxisValue(SourcePlace, value: String)
    /// A grid of too many points.
    case tooManyPoints(SourcePlace, limit: Int)

    /// The error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .notFound, .unreadable, .tooLarge, .notUTF8, .character, .tooDeep, .tooManyNodes, .empty: ofReading
        case .syntax, .duplicateKey, .severalDocuments, .tag, .unknownAlias, .keyNotText, .mergeOfNoMapping: ofYAML
        case .wrongType, .missingKey, .unknownKey: ofParameters
        case .stageName, .unknownNeed, .needsItself, .repeatedNeed, .cycle, .unknownKind: ofGraph
        case .malformedOverride, .overrideOfNoStage, .overrideOfWholeStage, .overrideInsideValue, .unknownForcedStage:
            ofCommandLine
        case .emptyAxis, .repeatedAxisValue, .tooManyPoints: ofGrid
        }
    }
}

extension PipelineError {
    private var ofReading: Diagnosis {
        switch self {
        case .notFound(let file):
            Diagnosis("there is no such stage file", place: file, remedy: "ls pipelines", exit: .missingInput)
        case .unreadable(let file):
            Diagnosis("cannot read the stage file", place: file, expected: "a readable file", exit: .missingInput)
        case .tooLarge(let file, let limit):
            Diagnosis(
                "the stage file is too large", place: file, expected: "at most \(limit) bytes", exit: .badData)
        case .notUTF8(let file):
            Diagnosis("the stage file is not text", place: file, expected: "UTF-8", exit: .badData)
        case .character(let place, let scalar):
            Diagnosis(
                "a character that stage files cannot hold", at: place,
                found: codePoint(of: scalar))
        case .tooDeep(let place, let limit):
            Diagnosis("lists and mappings are nested too deep", at: place, expected: "at most \(limit) levels")
        case .tooManyNodes(let place, let limit):
            Diagnosis(
                "the stage file holds too much", at: place,
                expected: "at most \(limit) values once aliases are followed")
        case .empty(let source):
            Diagnosis(
                "the stage file is empty", place: source, expected: "a mapping with the keys name, stages",
                exit: .badData)
        default: preconditionFailure("expected an error of reading a file, found \(self)")
        }
    }

    private var ofYAML: Diagnosis {
        switch self {
        case .syntax(let place, let problem):
            Diagnosis("not valid YAML: \(problem)", at: place)
        case .duplicateKey(let place, let key):
            Diagnosis("the key '\(key)' stands twice in one mapping", at: place, remedy: "keep one of them")
        case .severalDocuments(let place):
            Diagnosis("a second YAML document begins", at: place, expected: "one document a file")
        case .tag(let place, let tag):
            Diagnosis(
                "YAML tags are not used in stage files", at: place, found: tag, remedy: "remove the tag")
        case .unknownAlias(let place, let name, let known):
            Diagnosis(
                "an alias to an unknown anchor", at: place, found: "*\(name)",
                expected: known.isEmpty ? "an anchor before it" : "one of \(listed(known))",
                remedy: nearest(to: name, among: known).map { "*\($0)" })
        case .keyNotText(let place, let found):
            Diagnosis("a key that is not text", at: place, found: found, expected: "a key that is a plain word")
        case .mergeOfNoMapping(let place, let found):
            Diagnosis(
                "a merge key without a mapping", at: place, found: found, expected: "a mapping, or a list of mappings")
        default: preconditionFailure("expected an error of YAML, found \(self)")
        }
    }

    private var ofParameters: Diagnosis {
        switch self {
        case .wrongType(let place, let found, let expected, let remedy):
            Diagnosis(
                place.lastKey.map { "wrong value for '\($0)'" } ?? "wrong value", at: place, found: found,
                expected: expected, remedy: remedy)
        case .missingKey(let place, let key, let expected, let nearest):
            Diagnosis(
                "missing key '\(key)'", at: place, expected: expected,
                remedy: nearest.map { "rename '\($0)' to '\(key)'" })
        case .unknownKey(let place, let key, let valid):
            Diagnosis(
                "unknown key '\(key)'", at: place,
                expected: valid.isEmpty ? "no keys" : "one of \(listed(valid))", remedy: nearest(to: key, among: valid))
        default: preconditionFailure("expected an error of parameters, found \(self)")
        }
    }
}

extension PipelineError {
    private var ofGraph: Diagnosis {
        switch self {
        case .stageName(let place, let found):
            Diagnosis(
                "wrong name of a stage", at: place, found: "\"\(found)\"",
                expected: "a letter, then letters, digits, '_' and '-'")
        case .unknownNeed(let place, let stage, let need, let stages):
            Diagnosis(
                "stage '\(stage)' needs a stage that is not there", at: place, found: need,
                expected: stages.isEmpty ? "no need; it is the only stage" : "one of \(listed(stages))",
                remedy: nearest(to: need, among: stages))
        case .needsItself(let place, let stage):
            Diagnosis("stage '\(stage)' needs itself", at: place)
        case .repeatedNeed(let place, let need):
            Diagnosis("stage '\(need)' is needed twice", at: place, remedy: "name it once")
        case .cycle(let place, let stages):
            Diagnosis(
                "stages need each other in a circle", at: place, found: stages.joined(separator: " -> "),
                expected: "an order in which they can run")
        case .unknownKind(let place, let kind, let kinds):
            Diagnosis(
                "unknown kind of stage '\(kind)'", at: place, expected: "one of \(listed(kinds))",
                remedy: nearest(to: kind, among: kinds))
        default: preconditionFailure("expected an error of the graph, found \(self)")
        }
    }

    private var ofCommandLine: Diagnosis {
        switch self {
        case .malformedOverride(let text):
            Diagnosis(
                "not a setting", place: "--set \(text)", expected: "STAGE.KEY=VALUE, such as heads.epochs=3",
                exit: .usage)
        case .overrideOfNoStage(let source, let found, let stages):
            Diagnosis(
                "the setting leads to no stage", place: source, found: found,
                expected: stages.isEmpty ? "name" : "one of \(listed(stages + ["name"]))",
                remedy: nearest(to: found, among: stages + ["name"]), exit: .usage)
        case .overrideOfWholeStage(let source, let stage):
            Diagnosis(
                "the setting names a stage but none of its keys", place: source,
                expected: "\(stage).KEY=VALUE", exit: .usage)
        case .overrideInsideValue(let source, let key, let parent, let found):
            Diagnosis(
                "the setting leads to '\(key)' inside a value", place: source, found: found,
                expected: "a mapping at \(parent)", remedy: "set \(parent) as a whole", exit: .usage)
        case .unknownForcedStage(let stage, let stages):
            Diagnosis(
                "no stage to force", place: "--force \(stage)", found: stage, expected: "one of \(listed(stages))",
                remedy: nearest(to: stage, among: stages).map { "--force \($0)" }, exit: .usage)
        default: preconditionFailure("expected an error of the command line, found \(self)")
        }
    }

    private var ofGrid: Diagnosis {
        switch self {
        case .emptyAxis(let place):
            Diagnosis(
                "an axis without values", at: place, found: "an empty list", expected: "a value, or a list of values")
        case .repeatedAxisValue(let place, let value):
            Diagnosis("a value that stands twice on one axis", at: place, found: value, remedy: "name it once")
        case .tooManyPoints(let place, let limit):
            Diagnosis("the grid has too many points", at: place, expected: "at most \(limit)")
        default: preconditionFailure("expected an error of a grid, found \(self)")
        }
    }
}

extension Diagnosis {
    /// A diagnosis at a position; wrong input in a `--set` is wrong usage.
    fileprivate init(
        _ what: String, at place: SourcePlace, found: String? = nil, expected: String? = nil, remedy: String? = nil
    ) {
        self.init(
            what, place: place.description, found: found, expected: expected, remedy: remedy,
            exit: place.isOverride ? .usage : .badData)
    }
}

private func codePoint(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension SourcePlace {
    /// The last key of the key path, with its index in a list.
    fileprivate var lastKey: Substring? { keyPath.split(separator: ".").last }
}
