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
        return ([Self.printable(what)] + lines).joined(separator: "\n")
    }

    /// Escapes control characters, so that a file name cannot steer the terminal it is printed on; line breaks stay.
    public static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
            if isControl || scalar.properties.generalCategory == .format {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Escapes control characters and line breaks, so that what is one row stays one.
    public static func printableLine(_ text: String) -> String {
        printable(text).replacing("\n", with: "\\n")
    }

    private func indentingContinuations(of text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(
            separator: "\n" + String(repeating: " ", count: 12))
    }
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
