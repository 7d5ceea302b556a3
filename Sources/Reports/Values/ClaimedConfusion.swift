import Evaluation

/// Two classes that others say are taken for each other most.
public struct ClaimedConfusion: Sendable, Hashable {
    /// The names of the classes.
    public let first, second: String

    /// A claim about two classes.
    public init(_ first: String, _ second: String) {
        self.first = first
        self.second = second
    }
}

/// Two classes and how often one was taken for the other, whichever way round.
struct MutualConfusion: Equatable {
    /// The indexes of the classes, the lower first.
    let classes: (Int, Int)
    let count: Int
    /// The clips of both classes, rightly answered ones included.
    let support: Int
    /// 1 for the pair confused most; equally confused pairs share a rank.
    let rank: Int

    static func == (left: MutualConfusion, right: MutualConfusion) -> Bool {
        left.classes == right.classes && left.count == right.count && left.support == right.support
            && left.rank == right.rank
    }
}

extension ConfusionMatrix {
    /// Every pair of classes, most confused first, equally confused ones in the order of the classes.
    var mutualConfusions: [MutualConfusion] {
        let pairs = (0..<classes).flatMap { first in ((first + 1)..<max(first + 1, classes)).map { (first, $0) } }
        let counts = pairs.map { self[$0.0, $0.1] + self[$0.1, $0.0] }
        let supports = (0..<classes).map(support(of:))
        let ordered = zip(pairs, counts).sorted { ($1.1, $0.0.0, $0.0.1) < ($0.1, $1.0.0, $1.0.1) }
        return ordered.enumerated().reduce(into: [MutualConfusion]()) { found, next in
            let (place, (pair, count)) = next
            let isTied = found.last?.count == count
            found.append(
                MutualConfusion(
                    classes: pair, count: count, support: supports[pair.0] + supports[pair.1],
                    rank: isTied ? found[place - 1].rank : place + 1))
        }
    }
}
