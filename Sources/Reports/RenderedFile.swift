/// One file of a report folder.
public struct RenderedFile: Sendable, Equatable {
    /// The name within the folder, such as "report.md".
    public let name: String
    /// The whole text, in UTF-8 with "\n" line ends.
    public let text: String

    init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
