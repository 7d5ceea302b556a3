import Diagnosis
import Evaluation

/// How a corpus states its labels and speakers: which classes it has and what a clip's path says.
protocol CorpusLayout: Sendable {
    /// The name a stage file uses.
    static var name: String { get }

    /// The class names in label order.
    var classes: [String] { get }

    /// What stage files call all classes together.
    var labelSet: String { get }

    /// Where the corpus comes from and what it cannot tell.
    var source: CorpusSource { get }

    /// What the path of a clip, relative to the corpus root, states; a path that is not this corpus's throws why.
    func describe(_ path: String) throws(LayoutFault) -> ClipDescription

    /// What is missing from, or too much in, a corpus that holds these paths; empty when it is complete.
    func incompleteness(of paths: [String]) -> [CorpusProblem]
}

/// The facts that a path states.
struct ClipDescription: Sendable, Equatable {
    let speaker: String
    /// Index into the layout's classes.
    let label: Int
    /// The speaker's sex, where the corpus states it.
    var sex: SpeakerSex?
}

/// Why a path does not belong to a layout, as a half-sentence.
struct LayoutFault: Error, Equatable {
    let reason: String
}

/// One clip, present or not, that keeps a corpus from being what it should be.
struct CorpusProblem: Sendable, Hashable {
    /// The path relative to the corpus root.
    let path: String
    /// What is wrong, as a half-sentence.
    let reason: String

    /// Both in one line that is safe to print, for lists of many.
    var line: String { Diagnosis.printableLine("\(path): \(reason)") }
}

/// The speech part of RAVDESS: labels and speakers stand in the file names.
struct RavdessLayout: CorpusLayout {
    static let name = "ravdess"
    let classes = RavdessName.emotions
    let labelSet = "ravdess-8"
    let source = CorpusSource.ravdess

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let name: RavdessName
        do {
            name = try RavdessName(parsing: Self.stem(of: path))
        } catch {
            throw LayoutFault(reason: error.reason)
        }
        if let folder = path.split(separator: "/").dropLast().last, folder.hasPrefix("Actor_"),
            folder != "Actor_\(name.speaker)"
        {
            throw LayoutFault(reason: "its name says actor \(name.speaker), its folder \(folder)")
        }
        return ClipDescription(
            speaker: name.speaker, label: name.emotion - 1, sex: name.actor.isMultiple(of: 2) ? .female : .male)
    }

    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        let stems = Dictionary(grouping: paths, by: Self.stem)
        let absent = RavdessName.all.filter { stems[$0.stem] == nil }.map {
            CorpusProblem(path: $0.path, reason: "one of RAVDESS's 1440 speech clips, is missing")
        }
        let repeated = stems.values.filter { $0.count > 1 }.flatMap { $0.sorted().dropFirst() }.map {
            CorpusProblem(path: $0, reason: "a second file of this name")
        }
        return (absent + repeated).sorted { $0.path < $1.path }
    }

    private static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
    }
}
