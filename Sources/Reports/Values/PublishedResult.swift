/// A result of others, with the protocol it was measured under.
public struct PublishedResult: Sendable, Equatable {
    /// Who published it, in plain text.
    public var source: String
    /// The protocol's name; the same name as a cell's means that the figures can be compared.
    public var protocolName: String
    /// One sentence on who is tested and who is trained on.
    public var protocolSummary: String
    /// UA, from 0 to 1.
    public var uar: Double?
    /// WA, from 0 to 1.
    public var accuracy: Double?
    /// Macro F1, from 0 to 1.
    public var macroF1: Double?
    /// What else a reader should know, in plain text.
    public var note: String?

    /// Gathers a result of others.
    public init(
        source: String, protocolName: String, protocolSummary: String, uar: Double? = nil, accuracy: Double? = nil,
        macroF1: Double? = nil, note: String? = nil
    ) {
        self.source = source
        self.protocolName = protocolName
        self.protocolSummary = protocolSummary
        self.uar = uar
        self.accuracy = accuracy
        self.macroF1 = macroF1
        self.note = note
    }
}
