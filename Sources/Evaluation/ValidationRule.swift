import Randomness

/// Which clips of a fold's training part are held out for early stopping; test clips never are.
public enum ValidationRule: Sendable, Hashable {
    /// Nothing is held out.
    case none
    /// All clips of this many training speakers, drawn anew for each fold.
    case speakers(Int)
    /// This share of the training clips, between 0 and 1, stratified by label; copies of one recording stay together.
    case fraction(Double)

    /// The fold with its validation part taken out of its training part.
    ///
    /// A fold that brings its own validation part keeps it.
    func applied(to fold: Fold, of clips: [LabelledClip], seed: UInt64) throws -> Fold {
        guard fold.validation.isEmpty, self != .none else { return fold }
        let generator = SeededGenerator(seed: seed, purpose: "validation part of \(fold.name)")
        let heldOut = Set(try validation(of: fold, clips: clips, generator: generator))
        guard !heldOut.isEmpty else { throw EvaluationError.emptyPart(.validation, fold: fold.name) }
        return Fold(
            name: fold.name, train: fold.train.filter { !heldOut.contains($0) }, validation: heldOut.sorted(),
            test: fold.test)
    }

    private func validation(of fold: Fold, clips: [LabelledClip], generator: SeededGenerator) throws -> [Int] {
        switch self {
        case .none: []
        case .speakers(let count): try clipsOfSpeakers(count, in: fold, clips: clips, generator: generator)
        case .fraction(let share): try stratified(share, in: fold, clips: clips, generator: generator)
        }
    }

    private func clipsOfSpeakers(
        _ count: Int, in fold: Fold, clips: [LabelledClip], generator: SeededGenerator
    ) throws -> [Int] {
        let speakers = Set(fold.train.map { clips[$0].speaker }).sorted()
        guard count > 0, count < speakers.count else {
            throw EvaluationError.validationSpeakers(count, available: speakers.count, fold: fold.name)
        }
        var generator = generator
        let chosen = Set(generator.shuffled(speakers).prefix(count))
        return fold.train.filter { chosen.contains(clips[$0].speaker) }
    }

    private func stratified(
        _ share: Double, in fold: Fold, clips: [LabelledClip], generator: SeededGenerator
    ) throws -> [Int] {
        guard share > 0, share < 1 else { throw EvaluationError.fractionOutOfRange(share, of: .validation) }
        var draw = StratifiedDraw(fraction: share, generator: generator)
        return draw.drawn(from: fold.train, of: clips)
    }
}
