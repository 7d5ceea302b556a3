/// What one protocol knows: how it divides a corpus, and how a report introduces it.
///
/// A new protocol is a file with a type that conforms to `Splitter`, and a case of ``SplitProtocol`` that names it.
protocol Splitter: Sendable {
    /// The name in stage files and reports.
    var name: String { get }
    /// One sentence for the report: who is tested, who is trained on.
    var summary: String { get }
    /// Whether no test speaker is ever trained on.
    var isSpeakerIndependent: Bool { get }

    /// At most how many folds it makes of the clips: told before any is made, which may take more memory than there is.
    func foldCount(of clips: [LabelledClip]) -> Int

    /// The folds in the protocol's order. Where `validation` is left empty the validation rule fills it.
    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold]
}
