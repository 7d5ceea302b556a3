import Randomness

/// How espeak-ng is asked to speak one clip.
struct Prosody: Equatable {
    /// espeak-ng's pitch, 0 to 99; 50 is the voice's own.
    var pitch: Double
    /// Pitch range in per cent of the voice's own.
    var range: Double
    /// Words a minute.
    var rate: Double
    /// espeak-ng's amplitude, 0 to 200; 100 is usual.
    var amplitude: Double

    /// The mean of a neutral clip; every emotion is told as a difference from it.
    static let neutral = Prosody(pitch: 42, range: 60, rate: 235, amplitude: 90)

    /// Differences from neutral, in RAVDESS's order.
    ///
    /// Their directions are those that studies of acted vocal emotion agree on (Scherer, "Vocal communication of emotion: a
    /// review of research paradigms", Speech Communication 40, 2003); their sizes are chosen so that neighbours such as
    /// neutral and calm overlap. Disgust and surprise, for which findings differ, are placed apart from the others.
    static let byEmotion = [
        Prosody(pitch: 0, range: 0, rate: 0, amplitude: 0),
        Prosody(pitch: -6, range: -20, rate: -24, amplitude: -15),
        Prosody(pitch: 14, range: 75, rate: 18, amplitude: 15),
        Prosody(pitch: -10, range: -30, rate: -48, amplitude: -25),
        Prosody(pitch: 6, range: 45, rate: 32, amplitude: 50),
        Prosody(pitch: 22, range: 15, rate: 46, amplitude: 5),
        Prosody(pitch: -8, range: 25, rate: -34, amplitude: 10),
        Prosody(pitch: 18, range: 105, rate: -6, amplitude: 20),
    ]

    /// The prosody of one clip: its emotion's mean, half as far again from neutral when strong, with the spread that
    /// makes two repetitions differ.
    static func of(_ name: RavdessName, speaker: SyntheticSpeaker, seed: UInt64) -> Prosody {
        var spread = SeededGenerator(seed: seed, purpose: "prosody \(name.stem)")
        let strength = name.intensity == 2 ? 1.5 : 1
        let difference = byEmotion[name.emotion - 1]
        let (pitchNoise, rangeNoise) = spread.normalPair()
        let (rateNoise, amplitudeNoise) = spread.normalPair()
        return Prosody(
            pitch: (neutral.pitch + speaker.pitch + strength * difference.pitch + 3 * pitchNoise).clamped(to: 0...99),
            range: (neutral.range + strength * difference.range + 12 * rangeNoise).clamped(to: 5...250),
            rate: (neutral.rate + speaker.rate + strength * difference.rate + 7 * rateNoise).clamped(to: 80...400),
            amplitude: (neutral.amplitude + strength * difference.amplitude + 8 * amplitudeNoise).clamped(to: 20...190))
    }
}

/// One of the 24 voices of the synthetic corpus.
struct SyntheticSpeaker: Equatable {
    /// espeak-ng's voice and variant, such as `en-us+m3`.
    let voice: String
    /// Added to every clip's pitch.
    let pitch: Double
    /// Added to every clip's words a minute.
    let rate: Double

    /// The voice of an actor: odd actors get male variants and even ones female, in RAVDESS's way, over several accents.
    init(actor: Int, seed: UInt64) {
        let pair = (actor - 1) / 2
        let variants = actor.isMultiple(of: 2) ? Self.female : Self.male
        let accent = Self.accents[pair / variants.count % Self.accents.count]
        voice = "\(accent)+\(variants[pair % variants.count])"
        var character = SeededGenerator(seed: seed, purpose: "speaker \(actor)")
        let (pitchNoise, rateNoise) = character.normalPair()
        pitch = 5 * pitchNoise
        rate = 8 * rateNoise
    }

    private static let accents = ["en-us", "en-gb", "en-gb-scotland"]
    private static let male = ["m1", "m2", "m3", "m4", "m7", "m8"]
    private static let female = ["f1", "f2", "f3", "f4", "f5"]
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
