/// How an error speaks: what went wrong, where, what was found, what was expected, and what to try next.
///
/// Rooms throw enums of facts that conform to ``DiagnosableError``; the facts become words in that enum's `diagnosis`
/// and reach the user through ``description``, the only place that lays them out.
public struct Diagnosis: Error, Sendable, Equatable {
    /// What went wrong, in lower case, without a full stop: "cannot decode the audio".
    public var what: String
    /// The file, tensor, stage or key path concerned, with line and column where there are any.
    public var place: String?
    /// What stood there.
    public var found: String?
    /// What should have stood there.
    public var expected: String?
    /// The next thing to try, best as a command.
    public var remedy: String?
    /// The exit code that fits.
    public var exit: ExitReason

    /// Gathers the facts of one error.
    public init(
        _ what: String, place: String? = nil, found: String? = nil, expected: String? = nil, remedy: String? = nil,
        exit: ExitReason
    ) {
        self.what = what
        self.place = place
        self.found = found
        self.expected = expected
        self.remedy = remedy
        self.exit = exit
    }
}

extension Diagnosis: CustomStringConvertible {
    /// The message as users see it: the first line says what, an indented line follows for each further fact.
    public var description: String {
        let facts = [("where", place), ("found", found), ("expected", expected), ("try", remedy)]
        let lines = facts.compactMap { label, fact in
            fact.map { "  \((label + ":").padded(to: 10))\(indentingContinuations(of: Self.printable($0)))" }
        }
        return ([Self.cut(Self.printableLine(what))] + lines).joined(separator: "\n")
    }

    private func indentingContinuations(of text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.cut(String($0)) }.joined(
            separator: "\n" + String(repeating: " ", count: 12))
    }

    /// What a hostile file holds in one line may be as long as the file.
    private static func cut(_ line: String) -> String {
        line.utf8.count > longestLine
            ? line.unicodeScalars.prefix(longestLine).reduce(into: "") { $0 += String($1) } + "…" : line
    }

    private static let longestLine = 4_000
}

/// An error that knows how to speak.
public protocol DiagnosableError: Error {
    /// The facts of this error in words.
    var diagnosis: Diagnosis { get }
}

extension Diagnosis: DiagnosableError {
    /// A diagnosis speaks for itself.
    public var diagnosis: Diagnosis { self }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
