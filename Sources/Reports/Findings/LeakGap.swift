import Evaluation

/// How much a split that leaks speakers flatters: the same features and head under a speaker-dependent and a
/// speaker-independent protocol, on the same speakers.
struct LeakGap {
    /// The seeds that both have, under the speaker-dependent protocol.
    let dependent: [CellSummary]
    /// The same seeds under the speaker-independent one.
    let independent: [CellSummary]
    /// UA, WA and macro F1, each averaged over the seeds.
    let scores: [Score]
    /// WA of each speaker under both, averaged over the seeds, in the order of their names.
    let speakers: [Speaker]

    /// One score under both protocols and how far they are apart.
    struct Score {
        let name: String
        let dependent: Double
        let independent: Double
        /// Of the gap, over speakers, each draw taking the same speakers under both protocols.
        let interval: Interval?

        var gap: Double { dependent - independent }
    }

    /// One speaker's WA under both protocols.
    struct Speaker {
        let name: String
        let dependent: Double
        let independent: Double

        var gap: Double { dependent - independent }
    }

    /// How many gaps, from the first on, are drawn.
    static let mostPictures = 4

    static func file(_ number: Int) -> String { "leak-gap-\(number + 1).svg" }

    /// One gap for each pair of a dependent and an independent protocol and each variant that both have.
    static func gaps(among groups: [ProtocolGroup], resampling: SpeakerResampling) -> [LeakGap] {
        let (independent, dependent) = groups.partitioned(by: \.isSpeakerIndependent)
        return dependent.flatMap { leaky in
            independent.filter { leaky.canBeSetBeside($0) }.flatMap { fair in
                leaky.variants.compactMap { cells in
                    let match = fair.variants.first { VariantKey($0[0].cell) == VariantKey(cells[0].cell) }
                    return match.flatMap { LeakGap(cells, $0, resampling: resampling) }
                }
            }
        }
    }

    /// Nil where they share no seed or test other speakers.
    private init?(_ leaky: [CellSummary], _ fair: [CellSummary], resampling: SpeakerResampling) {
        let seeds = Set(leaky.map(\.cell.seed)).intersection(fair.map(\.cell.seed))
        let dependent = leaky.filter { seeds.contains($0.cell.seed) }
        let independent = fair.filter { seeds.contains($0.cell.seed) }
        guard let first = dependent.first, let other = independent.first, dependent.count == independent.count,
            first.speakers.map(\.name) == other.speakers.map(\.name)
        else { return nil }
        (self.dependent, self.independent) = (dependent, independent)
        scores = Self.scores(dependent, independent, resampling: resampling)
        speakers = first.speakers.indices.map { index in
            Speaker(
                name: first.speakers[index].name,
                dependent: mean(dependent.map { Scores($0.speakers[index].matrix).accuracy }),
                independent: mean(independent.map { Scores($0.speakers[index].matrix).accuracy }))
        }
    }

    private static func scores(
        _ dependent: [CellSummary], _ independent: [CellSummary], resampling: SpeakerResampling
    ) -> [Score] {
        let leaky = dependent.compactMap { resampling.replicates(of: $0.speakers) }
        let fair = independent.compactMap { resampling.replicates(of: $0.speakers) }
        let headline: [(String, KeyPath<Scores, Double>, KeyPath<ScoreReplicates, [Double]>)] = [
            ("ua", \.uar, \.uar), ("wa", \.accuracy, \.accuracy), ("macro_f1", \.macroF1, \.macroF1),
        ]
        return headline.map { name, score, replicates in
            let draws = leaky.isEmpty ? 0 : leaky[0][keyPath: replicates].count
            let gaps = (0..<draws).map { draw in
                mean(leaky.map { $0[keyPath: replicates][draw] }) - mean(fair.map { $0[keyPath: replicates][draw] })
            }
            return Score(
                name: name, dependent: mean(dependent.map { $0.scores[keyPath: score] }),
                independent: mean(independent.map { $0.scores[keyPath: score] }),
                interval: gaps.isEmpty ? nil : resampling.interval(of: gaps))
        }
    }
}

extension ProtocolGroup {
    /// Whether nothing but the division of the clips tells the groups apart.
    fileprivate func canBeSetBeside(_ other: ProtocolGroup) -> Bool {
        classes == other.classes && cells[0].cell.labels == other.cells[0].cell.labels
            && cells[0].cell.isTransductive == other.cells[0].cell.isTransductive
    }
}

extension Array {
    /// The elements for which the condition holds, and the others.
    fileprivate func partitioned(by condition: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(condition), filter { !condition($0) })
    }
}
