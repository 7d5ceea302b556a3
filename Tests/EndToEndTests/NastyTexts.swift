import Diagnosis
import Randomness

/// Texts that a stranger may give a folder, a class or a key: each steers, breaks or runs something that takes it as it is.
enum NastyTexts {
    /// What each attack needs.
    private static let pieces = [
        // Terminals: colours, clearing, a title, a link, the clipboard, a reply, one-byte introducers, overwriting.
        "\u{1b}[31m", "\u{1b}[2J", "\u{1b}]0;owned\u{7}", "\u{1b}]8;;http://evil.example\u{1b}\\x",
        "\u{1b}]52;c;eA==\u{7}",
        "\u{1b}[6n", "\u{9b}2J", "\u{90}q\u{9c}", "\r", "\u{8}\u{8}", "\u{7f}", "\u{b}", "\u{85}", "\t", "\n", "\r\n",
        // Direction, zero width, tags, separators.
        "\u{202e}", "\u{2066}", "\u{200f}", "\u{200b}", "\u{feff}", "\u{e0041}", "\u{2028}", "\u{2029}", "\u{ad}",
        // Pages.
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)", "\" onfocus=\"alert(1)", "<!--", "-->", "]]>", "</style>", "</title>", "</svg>",
        "&lt;b&gt;", "&#60;", "javascript:alert(1)", "data:text/html,x", "<\u{338}b>", "<iframe srcdoc=x>",
        // Markdown.
        "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "](", "[x]: javascript:alert(1)", "```", "``x",
        "`",
        "`\u{301}<b>`", "|", "|\u{301}", "\u{0D4E}<b>", "\u{0D4E}|", "[x](javascript:\u{FF9E}alert(1))",
        "[x](JAVASCRIPT:\u{301}alert(1))", "\u{0D4E}[x](data:text/html,x)", "[x](\\\\evil.example)",
        "[x](//evil.example)", "# x", "---", "> x", "\\", "\\<b>", "**", "__", "~~~", "<http://evil.example>",
        // Spreadsheets.
        "=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", "\u{FF1D}1", "a;=1",
        "\u{0D4E};=1", "\"=1",
        "'=1", ",=1",
        // Shells, databases, formats.
        "$(touch owned)", "`touch owned`", "\"; touch owned; \"", "'; DROP TABLE embeddings; --", "%s%n", "-rf",
        "-\u{301}rf", "--help",
        "\\u{1b}", "\\u001b", "\u{301}", "NULL", "..", "~", "*", "{", "}", "é", "e\u{301}", "怒",
    ]

    /// Every piece by itself, then as many joined of two to four as are asked for, drawn from a seed.
    static func all(joined count: Int, seed: UInt64) -> [String] {
        var numbers = SeededGenerator(seed: seed, purpose: "nasty texts")
        let joined = (0..<count).map { _ in
            (0..<2 + numbers.below(3)).map { _ in pieces[numbers.below(pieces.count)] }.joined()
        }
        return pieces + joined
    }

    /// Those that a file or a folder can have for its name, and that is not passed over as hidden; no two are the same to
    /// the eye.
    static func names(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.map(withoutSlashes).filter { text in
            !text.hasPrefix(".") && text.utf8.count <= 200 && seen.insert(text).inserted
        }
    }

    /// A text with other characters in the place of slashes, which no name of a file has, a mark behind them or not.
    static func withoutSlashes(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += $1 == "/" ? "∕" : String($1) }
    }

    /// What stands between the quotes of a field of CSV.
    static func doublingQuotes(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    }

    /// Those that hold nothing that steers a display, as names of classes and folds must not.
    static func standing(_ texts: [String]) -> [String] {
        texts.filter { text in !text.unicodeScalars.contains(where: \.steersDisplay) }
    }

    /// A text between double quotes as YAML reads it, whatever it holds.
    static func yaml(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"\(escaped.joined())\""
    }
}
