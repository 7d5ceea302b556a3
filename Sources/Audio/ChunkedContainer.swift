import Foundation

/// Sound files that are chunk behind chunk, each with a name of four characters and a length of four bytes.
enum ChunkedContainer: String, CaseIterable {
    case riff = "RIFF"
    case rifx = "RIFX"
    case rf64 = "RF64"
    case aiff = "FORM"

    /// Reads the first twelve bytes of a file.
    init?(header: Data) {
        self.init(rawValue: String(decoding: header.prefix(4), as: UTF8.self))
        guard forms.contains(String(decoding: header.suffix(4), as: UTF8.self)) else { return nil }
    }

    /// What else the first header may say.
    private var forms: [String] { self == .aiff ? ["AIFF", "AIFC"] : ["WAVE"] }

    /// The name of the chunk that holds the samples.
    var samples: String { self == .aiff ? "SSND" : "data" }

    /// The length behind a chunk's name.
    func length(in header: Data) -> Int {
        let bytes = header.dropFirst(4).prefix(4)
        let isBigEndian = self == .rifx || self == .aiff
        return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
}
