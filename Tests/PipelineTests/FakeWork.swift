import Synchronization

@testable import Pipeline

/// What fake stages did, in order.
final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] { lines.withLock { $0 } }

    func write(_ line: String) { lines.withLock { $0.append(line) } }
}

struct FakeFailure: Error, Equatable {
    let stage: String
}

/// Work whose product is a set of keys in memory.
///
/// Its parameters are `input` (an external digest), `fails`, `unreadable` and `byContent` (fresh for any key once it has
/// run).
final class FakeWork: StageWork {
    let name: String
    let resultVersion = 1
    let canonicalParameters: CanonicalValue
    let journal: Journal
    var made: Set<StageKey> = []
    var input: String
    var fails: Bool
    private let isUnreadable: Bool
    private let isByContent: Bool

    init(_ declaration: StageDeclaration, journal: Journal) throws {
        name = declaration.name
        self.journal = journal
        let reader = declaration.parameters.reader()
        input = try reader.value("input", .text, default: "", excludedFromKey: true)
        fails = try reader.value("fails", .bool, default: false, excludedFromKey: true)
        isUnreadable = try reader.value("unreadable", .bool, default: false, excludedFromKey: true)
        isByContent = try reader.value("byContent", .bool, default: false, excludedFromKey: true)
        _ = try reader.optional("x", .wholeNumber)
        canonicalParameters = try reader.finish()
    }

    func externalInputs() throws -> [String] {
        journal.write("inputs \(name)")
        if isUnreadable { throw FakeFailure(stage: name) }
        return [input]
    }

    func state(for key: StageKey) -> StageState {
        let isFresh = isByContent ? !made.isEmpty : made.contains(key)
        return isFresh ? .fresh(detail: "made") : .stale(reason: made.isEmpty ? "never made" : "changed")
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        journal.write("run \(name)\(context.isForced ? " forced" : "")")
        if fails { throw FakeFailure(stage: name) }
        made.insert(context.key)
        return StageOutcome("made with \(context.jobs), keepGoing \(context.keepGoing)")
    }
}

/// A graph of fake stages and everything that happened to it.
struct FakePipeline {
    let graph: StageGraph
    let journal = Journal()
    let events = Journal()

    init(_ stages: String) throws {
        let journal = journal
        let file = try stageFile("name: fake\nstages:\n" + stages)
        graph = try StageGraph(
            file, factories: ["k": { declaration, _ in try FakeWork(declaration, journal: journal) }])
    }

    func work(_ name: String) -> FakeWork? {
        graph.stages.first { $0.name == name }?.work as? FakeWork
    }

    func runner(_ options: RunOptions = RunOptions()) throws -> Runner {
        let events = events
        return try Runner(graph, options: options) { events.write("\($0.line)") }
    }

    func run(_ options: RunOptions = RunOptions()) throws -> RunSummary {
        let runner = try runner(options)
        return try runner.run(runner.plan())
    }
}

extension RunEvent {
    fileprivate var line: String {
        switch self {
        case .stageStarted(let name, let reason): "start \(name): \(reason)"
        case .stageFresh(let name, let detail): "fresh \(name): \(detail)"
        case .stageFinished(let name, let outcome): "finish \(name): \(outcome.summary.joined(separator: "; "))"
        case .stageFailed(let name, let error): "fail \(name): \(error)"
        case .stagesSkipped(let names, let cause): "skip \(names.joined(separator: ", ")) because of \(cause)"
        }
    }
}
