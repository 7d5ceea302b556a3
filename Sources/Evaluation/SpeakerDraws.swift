import Randomness

/// Speakers drawn with replacement, as many in each draw as there are.
///
/// The draws depend on the seed and the number of speakers alone, so results on the same speakers can share them, and
/// are compared speaker by speaker if they do.
public struct SpeakerDraws: Sendable, Equatable {
    /// How many times the speakers are drawn.
    public let draws: Int
    /// How many speakers there are, and are drawn each time.
    public let speakers: Int
    /// draws × speakers, row-major: each a number below ``speakers``.
    private let drawn: [UInt16]

    init(draws: Int, speakers: Int, generator: SeededGenerator) {
        precondition(
            (1...Int(UInt16.max)).contains(speakers), "1 to \(UInt16.max) speakers to draw expected, found \(speakers)")
        var generator = generator
        self.draws = draws
        self.speakers = speakers
        drawn = (0..<draws * speakers).map { _ in UInt16(generator.below(speakers)) }
    }

    /// Known draws: draws × speakers, at least one of each.
    init(_ draws: [[Int]]) {
        self.draws = draws.count
        speakers = draws[0].count
        drawn = draws.joined().map(UInt16.init)
    }

    /// The speakers of one draw.
    subscript(draw: Int) -> ArraySlice<UInt16> { drawn[(draw * speakers)..<((draw + 1) * speakers)] }
}
