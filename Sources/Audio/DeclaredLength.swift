/// Bytes that a container announces and bytes that are there.
struct Shortage: Equatable {
    var declared: Int
    var present: Int
}

extension Shortage {
    /// Nil where no more than `allowance` bytes are missing, and for a length that stands for "unknown"; none of the numbers
    /// may be negative.
    init?(announced: Int, present: Int, allowance: Int = 0) {
        // Not `present + allowance`: a text in the file can forge a line of the log, with any numbers.
        guard announced - present > allowance, announced < lengthOfUnknown else { return nil }
        self.init(declared: announced, present: present)
    }
}

/// The first announced length in libsndfile's header log that the file does not hold.
///
/// libsndfile shortens such a length to what is there and notes it: "data : 16000 (should be 9582)". The lengths of
/// the whole container (`RIFF`, `FORM`, `riff`) count only when they are off by more than the eight bytes that
/// careless writers forget to subtract; a writer to a pipe that cannot know the length puts in a huge one, which is no
/// promise.
///
/// Origin: libsndfile 1.2.0, `wav_read_header` (src/wav.c), `aiff_read_header`, `au_read_header`, `w64_read_header`,
/// `rf64_read_header`.
func shortage(inLog log: String) -> Shortage? {
    for line in log.split(whereSeparator: \.isNewline) where line.contains("(should be ") {
        // Made here, for the few files that need it: an expression may not be shared between threads.
        let declaredLength = /\s*(RIFF|RIFX|Riff size|FORM|riff|data|SSND|Data Size)\s*:\s*(\d+) \(should be (\d+)\)\s*/
        guard let match = line.wholeMatch(of: declaredLength), let declared = Int(match.2), let present = Int(match.3)
        else { continue }
        let allowance = wholeContainer.contains(String(match.1)) ? 8 : 0
        if let shortage = Shortage(announced: declared, present: present, allowance: allowance) { return shortage }
    }
    return nil
}

private let wholeContainer: Set = ["RIFF", "RIFX", "Riff size", "FORM", "riff"]

/// The smallest length that stands for "unknown": espeak-ng, sox and ffmpeg write this or more to a pipe.
let lengthOfUnknown = 0x7FFF_F000
