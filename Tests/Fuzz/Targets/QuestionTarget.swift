import Documents
import Foundation

extension FuzzTargets {
    /// The question at the head of a stage file, as it comes to stand in a page.
    static let question = FuzzTarget("question") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let html = inlineHTML(of: authoredMarkdown(text))
        FuzzTarget.expect(!html.lowercased().contains("<script"), "a script in a page")
    }
}
