/// The most frequent label, of several the smallest; nil without labels.
///
/// What a head that only knows how often each class is trained on would always answer: the least that a result has to
/// beat.
public func majorityClass(of labels: some Sequence<Int>) -> Int? {
    let counts = labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
}
