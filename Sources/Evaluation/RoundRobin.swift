/// Deals items to hands in turn, as cards are dealt.
///
/// Each ``deal(_:)`` goes on where the last one ended, so that the hands differ by at most one item in every deal and
/// in all.
struct RoundRobin<Item> {
    private(set) var hands: [[Item]]
    private var next = 0

    init(hands count: Int) {
        hands = Array(repeating: [], count: count)
    }

    mutating func deal(_ items: [Item]) {
        for item in items {
            hands[next].append(item)
            next = (next + 1) % hands.count
        }
    }
}
