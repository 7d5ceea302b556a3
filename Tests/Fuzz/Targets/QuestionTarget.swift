import Documents
import Foundation

extension FuzzTargets {
    /// The question at the head of a stage file, as it comes to stand in a page.
    static let question = FuzzTarget("question") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        // By bytes, as a browser reads it: to Swift a mark makes another character of the letter that it joins itself to.
        let html = Data(inlineHTML(of: authoredMarkdown(text)).lowercased().utf8)
        for harm in ["<script", "href=\"javascript:", "href=\"//"] {
            FuzzTarget.expect(html.range(of: Data(harm.utf8)) == nil, "\(harm) in a page")
        }
    }
}
