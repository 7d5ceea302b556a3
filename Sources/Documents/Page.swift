import Crypto
import Drawing
import Foundation

/// One HTML page that needs nothing beside it: style and script are part of it, and it asks the network for nothing.
///
/// The style follows the reader's choice of light or dark, and prints light. The script sorts tables whose headings are
/// buttons, chooses among the `section.cell` of the page, and lists the clips of a field of a confusion matrix.
public struct Page {
    /// What the browser's window is called, in plain text.
    public var title: String
    /// The page's content in HTML.
    public var body: String
    /// Data for the script, by the ids of the elements that hold them, as ``JSONText`` writes it.
    public var data: [(id: String, json: String)]
    /// The colour of shares.
    public var palette: Palette

    /// A page with this content.
    public init(title: String, body: String, data: [(id: String, json: String)] = [], palette: Palette = .blue) {
        self.title = title
        self.body = body
        self.data = data
        self.palette = palette
    }

    /// The page as a file.
    public var text: String {
        let data = data.map { "<script type=\"application/json\" id=\"\($0.id)\">\($0.json)</script>\n" }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <title>\(xml(title))</title>
            <style>
            \(Self.style)\(shares)
            \(PictureStyle.sheet(palette))
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            \(data)<script>\(Self.script)</script>
            </body>
            </html>

            """
    }

    private var shares: String {
        """
        :root { --heat: \(palette.light.list); }
        @media screen and (prefers-color-scheme: dark) { :root { --heat: \(palette.dark.list); } }
        """
    }

    /// Nothing is loaded but sounds that lie where the page lies.
    ///
    /// The one script that runs is known by its hash, so that a text that came to stand in the page as markup runs none.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(hash(of: script))'; media-src 'self' file:; "
        + "base-uri 'none'; form-action 'none'"

    private static func hash(of script: String) -> String {
        Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString()
    }

    private static let style = String(decoding: PackageResources.page_css, as: UTF8.self)
    private static let script = "\n" + String(decoding: PackageResources.page_js, as: UTF8.self)
}
