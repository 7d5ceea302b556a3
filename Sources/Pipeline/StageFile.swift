import Foundation

/// A stage file: the name of an experiment, the question it answers, and its stages in the order in which they run.
///
/// The file is one YAML document of at most 256 KiB: a mapping with `name` and `stages`, the latter from each stage's name
/// to a mapping with its `kind`, its `needs` and its parameters. Scalars are read by YAML 1.2's core schema; anchors,
/// aliases and merge keys work, tags other than the core's text, list and mapping do not.
public struct StageFile: Sendable {
    /// Lower-case letters, digits and hyphens, so that it can name a folder.
    public let name: String
    /// The comment at the head of the file, its lines joined, its paragraphs one a line; empty where there is none.
    public let question: String
    /// The stages, each after all that it needs, otherwise as the file has them.
    public let declarations: [StageDeclaration]

    /// Reads a stage file.
    /// - Parameters:
    ///   - file: messages call it by its relative path, as given.
    ///   - overrides: `PATH=VALUE`, applied in order; PATH is `name` or `STAGE.KEY…`, VALUE is YAML.
    /// - Throws: ``PipelineError``, with the position of what is wrong.
    public init(contentsOf file: URL, overrides: [String] = []) throws {
        try self.init(SourceText(contentsOf: file), overrides: overrides)
    }

    /// Reads a stage file that is already in memory; messages call it `name`.
    public init(text: String, named name: String, overrides: [String] = []) throws {
        try self.init(SourceText(text, named: name), overrides: overrides)
    }

    private init(_ source: SourceText, overrides: [String]) throws {
        let root = try overrides.reduce(YAMLDocument(source: source).root()) { try Override($1).applied(to: $0) }
        guard let mapping = ParameterNode(node: root, keyPath: "").mapping else {
            throw PipelineError.wrongType(
                root.place(""), found: root.found, expected: "a mapping with the keys name, stages", remedy: nil)
        }
        let reader = mapping.reader()
        name = try reader.required("name", .pipelineName)
        let stages = try reader.required("stages", .stages)
        try reader.finish()
        declarations = try inRunningOrder(stages.map(StageDeclaration.init))
        question = source.leadingComment
    }
}

extension ParameterType where Value == String {
    fileprivate static var pipelineName: Self {
        text.when("lower-case letters, digits and hyphens, at most 100, the first no hyphen") {
            $0.count <= 100 && $0.wholeMatch(of: /[a-z0-9][a-z0-9-]*/) != nil
        }
    }
}

extension ParameterType where Value == [YAMLEntry] {
    fileprivate static var stages: Self {
        let expected = "a mapping from the names of stages to their parameters"
        return ParameterType(
            expected,
            parse: { node in
                let entries = node.mapping?.entries ?? []
                guard !entries.isEmpty else { throw node.wrongType(expected: expected) }
                return entries
            }, canonical: { .list($0.map { .text($0.key) }) })
    }
}

extension SourceText {
    /// The text of the first comment block, if nothing but blank lines comes before it.
    fileprivate var leadingComment: String {
        let trimmed = lines.map { $0.trimmingCharacters(in: .whitespaces) }
        let block = trimmed.drop(while: \.isEmpty).prefix { $0.hasPrefix("#") }
        let texts = block.map { $0.drop(while: { $0 == "#" }).trimmingCharacters(in: .whitespaces) }
        return texts.split(separator: "").map { $0.joined(separator: " ") }.joined(separator: "\n")
    }
}
