/// Clips under numbers for what they share, such as a speaker or a recording, so that parts compare quickly.
struct Numbering {
    /// One number a clip; equal keys have equal numbers, from 0.
    private let numbers: [Int]
    /// How many different keys there are.
    private let count: Int

    init<Key: Hashable>(_ keys: some Sequence<Key>) {
        var known: [Key: Int] = [:]
        numbers = keys.map { key in
            if let number = known[key] { return number }
            let number = known.count
            known[key] = number
            return number
        }
        count = known.count
    }

    /// Numbers for clips that are to share nothing but themselves.
    init(identitiesOf clips: Int) {
        numbers = Array(0..<clips)
        count = clips
    }

    /// Whether all clips with one number agree in what `property` says of them.
    func agree<Property: Equatable>(in property: (Int) -> Property) -> Bool {
        var first: [Int?] = Array(repeating: nil, count: count)
        return numbers.enumerated().allSatisfy { index, number in
            let other = first[number] ?? index
            first[number] = other
            return other == index || property(other) == property(index)
        }
    }

    /// The clips of both lists, all indexes, whose number occurs in both; those of `first` come first.
    func sharing(_ first: [Int], _ second: [Int]) -> [Int] {
        let (inFirst, inSecond) = (occurrences(in: first), occurrences(in: second))
        return (first + second).filter { inFirst[numbers[$0]] && inSecond[numbers[$0]] }
    }

    private func occurrences(in indexes: [Int]) -> [Bool] {
        var occurs = Array(repeating: false, count: count)
        for index in indexes { occurs[numbers[index]] = true }
        return occurs
    }
}
