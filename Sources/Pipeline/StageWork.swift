/// The work of one stage, made from its declaration by a ``StageFactory``.
///
/// The planner asks, in this order: the result version and the canonical parameters at any time, then, once every need
/// is fresh or has run, the external inputs and the state; the runner calls `run` only after that.
public protocol StageWork: AnyObject {
    /// Raised whenever the same parameters and inputs give another product.
    var resultVersion: Int { get }

    /// The parameters as understood, from ``ParameterReader/finish()``.
    var canonicalParameters: CanonicalValue { get }

    /// Digests of what the product depends on outside the stage file, such as clips on disk or an encoder's weights.
    /// Called only when every need is fresh or done.
    func externalInputs() throws -> [String]

    /// Whether the product for this key exists already. A stage whose product is keyed by content may find itself fresh
    /// although a stage that it needs has run again.
    func state(for key: StageKey) throws -> StageState

    /// Makes the product and records it, all or nothing: a stage that throws must not find itself fresh afterwards.
    func run(_ context: RunContext) throws -> StageOutcome
}

/// Makes the work of a stage from its declaration and the works of the stages it needs, in declared order.
public typealias StageFactory = (StageDeclaration, [any StageWork]) throws -> any StageWork

/// Whether a stage's product is there.
public enum StageState: Sendable, Equatable {
    /// It is; `detail` says what there is: "1440 clips".
    case fresh(detail: String)
    /// It is not; `reason` says why: "720 of 1440 clips cached".
    case stale(reason: String)
}

/// What a stage is given to run with.
public struct RunContext: Sendable {
    /// The key of the product to make.
    public let key: StageKey
    /// How many workers to use, at least 1; products do not depend on it.
    public let jobs: Int
    /// Whether to leave out bad items, and say so, instead of failing at the end.
    public let keepGoing: Bool
    /// Whether `--force` asked for this stage: what it has made before is not to be used again.
    public let isForced: Bool

    /// Gathers what a stage is given.
    public init(key: StageKey, jobs: Int, keepGoing: Bool, isForced: Bool) {
        precondition(jobs >= 1, "expected at least 1 job, found \(jobs)")
        self.key = key
        self.jobs = jobs
        self.keepGoing = keepGoing
        self.isForced = isForced
    }
}

/// What a stage has done, in one or a few lines.
public struct StageOutcome: Sendable, Equatable {
    /// Lines for whoever watches: "1440 clips embedded".
    public let summary: [String]

    /// An outcome with its lines.
    public init(summary: [String]) { self.summary = summary }

    /// An outcome with one line.
    public init(_ line: String) { summary = [line] }
}
