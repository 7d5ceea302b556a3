import Yams

/// Reads a text as one YAML document, in time and memory that its size bounds.
///
/// Yams follows aliases and hashes keys while it parses, so that a few lines can make it work exponentially long. The
/// indicators `*` and `?` are therefore handed to it as two private-use characters, one for one so that columns stay:
/// an alias then arrives as a plain scalar that begins with the first, and is followed here, with a budget.
struct YAMLDocument {
    /// Nodes after aliases and merge keys.
    static let mostNodes = 100_000
    /// Levels of lists and mappings.
    static let deepest = 64

    fileprivate static let hiddenAlias: Unicode.Scalar = "\u{f8f0}"
    fileprivate static let hiddenQuestion: Unicode.Scalar = "\u{f8f1}"

    let source: SourceText

    /// The document's root; throws where there is none, more than one, or no YAML.
    func root() throws -> YAMLNode {
        try checkCharacters()
        try checkBrackets()
        do {
            return try composed()
        } catch let error as YamlError {
            throw worded(error)
        }
    }

    private func composed() throws -> YAMLNode {
        let parser = try Parser(yaml: hidden(source.text), resolver: .basic, encoding: .utf8)
        guard let first = try parser.nextRoot() else { throw PipelineError.empty(source: source.name) }
        if let second = try parser.nextRoot() {
            throw PipelineError.severalDocuments(SourcePlace(mark(of: second), in: source))
        }
        // Yams holds anchors weakly: the parser must outlive the walk over its nodes.
        return try withExtendedLifetime(parser) {
            var builder = YAMLTreeBuilder(source: source)
            return try builder.node(first)
        }
    }

    /// What libyaml's reader would refuse without a line, and the two characters that stand for hidden indicators.
    private func checkCharacters() throws {
        for (number, line) in source.lines.enumerated() {
            for (column, scalar) in line.unicodeScalars.enumerated() where !Self.isAllowed(scalar) {
                let mark = SourceMark(line: number + 1, column: column + 1)
                throw PipelineError.character(SourcePlace(mark, in: source), scalar)
            }
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case hiddenAlias, hiddenQuestion, "\u{feff}", "\u{fffe}", "\u{ffff}": false
        case "\t", "\u{20}"..."\u{7e}", "\u{a0}"...: true
        default: false
        }
    }

    /// Refuses deep flow collections before Yams sees them, which would hash those that are keys once per level.
    ///
    /// Lines that are comments do not count, so that prose may leave brackets open.
    private func checkBrackets() throws {
        var depth = 0
        for (number, line) in source.lines.enumerated() where !isComment(line) {
            for (column, scalar) in line.unicodeScalars.enumerated() {
                if scalar == "[" || scalar == "{" { depth += 1 }
                if scalar == "]" || scalar == "}" { depth = max(0, depth - 1) }
                guard depth <= Self.deepest else {
                    let mark = SourceMark(line: number + 1, column: column + 1)
                    throw PipelineError.tooDeep(SourcePlace(mark, in: source), limit: Self.deepest)
                }
            }
        }
    }

    private func isComment(_ line: String) -> Bool { line.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("#") }

    private func hidden(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*": result.append(Self.hiddenAlias)
            case "?": result.append(Self.hiddenQuestion)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private func mark(of node: Node) -> SourceMark {
        node.mark.map { SourceMark(line: $0.line, column: $0.column) } ?? .start
    }
}

extension YAMLDocument {
    /// Gives back the indicators that were hidden from Yams.
    static func revealed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case hiddenAlias: result.append("*")
            case hiddenQuestion: result.append("?")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private func worded(_ error: YamlError) -> PipelineError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return syntaxError(problem, context, mark)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let mark = SourceMark(line: context.mark.line, column: context.mark.column)
            return .duplicateKey(SourcePlace(mark, in: source), key: Self.revealed(duplicates.first ?? ""))
        default:
            return .syntax(SourcePlace(.start, in: source), problem: Self.revealed("\(error)"))
        }
    }

    private func syntaxError(_ problem: String, _ context: YamlError.Context?, _ mark: Mark) -> PipelineError {
        let line = min(mark.line, source.lines.count)
        let place = SourcePlace(SourceMark(line: line, column: mark.column), in: source)
        if problem.hasPrefix("Maximum nesting level") { return .tooDeep(place, limit: Self.deepest) }
        let start = context.map { " \($0.text) from line \($0.mark.line)" } ?? ""
        return .syntax(place, problem: problem + start)
    }
}
