import Diagnosis
import Evaluation
import Foundation

/// How a corpus states its labels and speakers: which classes it has, which files are clips and what each clip is.
protocol CorpusLayout: Sendable {
    /// The name a stage file uses.
    static var name: String { get }

    /// The class names in label order.
    var classes: [String] { get }

    /// What stage files call all classes together.
    var labelSet: String { get }

    /// Where the corpus comes from and what it cannot tell.
    var source: CorpusSource { get }

    /// What the layout knows from elsewhere than the names of the clips; empty where the names say all.
    var facts: [String] { get }

    /// Every clip that lies under the corpus root, in the order of the paths, with what is stated of it or why it is not this
    /// corpus's.
    func clips(under root: URL) throws -> [StatedClip]

    /// What is missing from, or too much in, a corpus that holds these paths; empty when it is complete.
    func incompleteness(of paths: [String]) -> [CorpusProblem]
}

extension CorpusLayout {
    var facts: [String] { [] }
}

/// A layout in which a clip's path says everything.
protocol NamingLayout: CorpusLayout {
    /// How many clips the corpus has as it is published.
    var clipCount: Int { get }

    /// What the path of a clip, relative to the corpus root, states; a path that is not this corpus's throws why.
    func describe(_ path: String) throws(LayoutFault) -> ClipDescription
}

extension NamingLayout {
    func clips(under root: URL) throws -> [StatedClip] {
        try CorpusScan.paths(under: root).map { path in
            StatedClip(path: path, description: Result { () throws(LayoutFault) in try describe(path) })
        }
    }

    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        let stems = Dictionary(grouping: paths, by: stem)
        return CorpusProblem.missing(clipCount - stems.count, of: clipCount)
            + CorpusProblem.repeated(stems).sorted { $0.path < $1.path }
    }
}

extension CorpusProblem {
    /// That a number of clips is missing, where names do not tell which; nothing where none is.
    static func missing(_ count: Int, of all: Int) -> [CorpusProblem] {
        count > 0 ? [CorpusProblem(path: ".", reason: "\(count) of \(all.clips) are missing")] : []
    }

    /// All but the first of the paths of each name.
    static func repeated(_ paths: [String: [String]]) -> [CorpusProblem] {
        paths.values.flatMap { $0.sorted().dropFirst() }.map {
            CorpusProblem(path: $0, reason: "a second file of this name")
        }
    }
}

/// A clip that lies on disk, by its path relative to the corpus root.
struct StatedClip: Sendable {
    let path: String
    let description: Result<ClipDescription, LayoutFault>
}

/// A file's name without folders and without its ending.
func stem(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
}

extension StringProtocol {
    /// The number that two decimal digits give, as in a corpus's file names; nil for anything else, a sign and a digit too.
    var numberOfTwoDigits: Int? {
        utf8.count == 2 && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(self) : nil
    }
}

/// What is stated of a clip.
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

extension LayoutFault {
    /// The place of a word among those that a field of a name may hold; throws where it is none of them.
    static func place(
        of word: String, among words: [String], called field: String
    ) throws(LayoutFault) -> Int {
        guard let place = words.firstIndex(of: word) else {
            throw LayoutFault(reason: "its \(field) is \"\(word)\" instead of one of \(words.joined(separator: ", "))")
        }
        return place
    }
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
