/// What a RAVDESS file name states: seven two-digit numbers joined by hyphens, such as `03-01-06-01-02-01-12`.
///
/// Source: Livingstone and Russo, "The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS)", PLoS ONE
/// 13(5): e0196391, 2018, and the naming table of Zenodo record 1188976.
public struct RavdessName: Sendable, Hashable {
    /// 1 neutral, 2 calm, 3 happy, 4 sad, 5 angry, 6 fearful, 7 disgust, 8 surprised.
    public let emotion: Int
    /// 1 normal, 2 strong; neutral is only ever normal.
    public let intensity: Int
    /// 1 "Kids are talking by the door", 2 "Dogs are sitting by the door".
    public let statement: Int
    /// 1 or 2.
    public let repetition: Int
    /// 1 to 24; odd actors are male, even ones female.
    public let actor: Int

    /// The eight emotions in the order of their numbers.
    public static let emotions = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]

    /// How many speakers the speech part has.
    public static let actors = 1...24

    /// A name from its numbers.
    public init(emotion: Int, intensity: Int, statement: Int, repetition: Int, actor: Int) {
        self.emotion = emotion
        self.intensity = intensity
        self.statement = statement
        self.repetition = repetition
        self.actor = actor
    }

    /// Reads a file name without its extension; a name that is not one of the audio-only speech clips throws what is wrong.
    public init(parsing stem: String) throws(RavdessNameFault) {
        let fields = stem.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == Self.fields.count else { throw .wrongFieldCount(fields.count) }
        var numbers: [Int] = []
        for (text, field) in zip(fields, Self.fields) {
            guard let number = text.numberOfTwoDigits, field.range.contains(number) else {
                throw .wrongField(name: field.name, found: String(text), range: field.range)
            }
            numbers.append(number)
        }
        self.init(
            emotion: numbers[2], intensity: numbers[3], statement: numbers[4], repetition: numbers[5], actor: numbers[6]
        )
        guard emotion != 1 || intensity == 1 else { throw .strongNeutral }
    }

    /// The file name without its extension.
    public var stem: String {
        [3, 1, emotion, intensity, statement, repetition, actor].map(Self.twoDigits).joined(separator: "-")
    }

    /// The speaker's name: the actor's number with two digits.
    public var speaker: String { Self.twoDigits(actor) }

    /// Where the clip stands in the published archive: `Actor_12/03-01-06-01-02-01-12.wav`.
    public var path: String { "Actor_\(speaker)/\(stem).wav" }

    /// The 1440 names of the speech part, in the order of their paths.
    public static var all: [RavdessName] {
        actors.flatMap { actor in
            (1...8).flatMap { emotion in
                (emotion == 1 ? 1...1 : 1...2).flatMap { intensity in
                    (1...2).flatMap { statement in
                        (1...2).map { repetition in
                            RavdessName(
                                emotion: emotion, intensity: intensity, statement: statement, repetition: repetition,
                                actor: actor)
                        }
                    }
                }
            }
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let fields: [(name: String, range: ClosedRange<Int>)] = [
        ("modality", 3...3), ("vocal channel", 1...1), ("emotion", 1...8), ("intensity", 1...2), ("statement", 1...2),
        ("repetition", 1...2), ("actor", 1...24),
    ]
}

/// Why a file name is not one of RAVDESS's speech clips.
public enum RavdessNameFault: Error, Equatable, Sendable {
    /// Not seven fields.
    case wrongFieldCount(Int)
    /// A field that is not a two-digit number in its range.
    case wrongField(name: String, found: String, range: ClosedRange<Int>)
    /// RAVDESS has no neutral clip of strong intensity.
    case strongNeutral

    /// The fault as a half-sentence.
    public var reason: String {
        switch self {
        case .wrongFieldCount(let count):
            return
                "the name has \(count) fields instead of 7 (modality-channel-emotion-intensity-statement-repetition-actor)"
        case .wrongField(let name, let found, let range):
            let expected =
                range.count == 1
                ? Self.padded(range.lowerBound) : "\(Self.padded(range.lowerBound)) to \(Self.padded(range.upperBound))"
            return "its \(name) is \"\(found)\" instead of \(expected)"
        case .strongNeutral:
            return "it says neutral with strong intensity, which RAVDESS does not have"
        }
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
