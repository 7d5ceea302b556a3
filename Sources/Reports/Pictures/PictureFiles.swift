extension ReportCell {
    /// The name of the picture of the confusion matrix.
    var confusionFile: String { "confusion-\(idForFiles).svg" }

    /// The name of the picture of the training curves.
    var curvesFile: String { "curves-\(idForFiles).svg" }

    /// The name of the picture of the calibration.
    var reliabilityFile: String { "reliability-\(idForFiles).svg" }

    /// The name of the picture of the speakers.
    var speakersFile: String { "speakers-\(idForFiles).svg" }

    /// The id for the names of files; distinct ids stay distinct.
    var idForFiles: String { id.safeForFiles }

    /// The id for the ids of elements on a page; distinct ids stay distinct.
    var idForPages: String { id.safeForPages }
}

extension String {
    /// The text with every byte that file names or links might trip over written as `~` and two hexadecimal digits, so
    /// that distinct texts stay distinct.
    var safeForFiles: String {
        utf8.reduce(into: "") { result, byte in
            let scalar = Unicode.Scalar(byte)
            result += Self.isPlain(scalar) ? String(scalar) : "~\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }
    }

    /// The text in letters, digits and hyphens, for the ids of elements on a page; distinct texts stay distinct.
    var safeForPages: String {
        utf8.reduce(into: "") { result, byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = scalar.properties.isAlphabetic && byte < 128 || ("0"..."9").contains(scalar)
            result += isPlain ? String(scalar) : "-\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }
}
