/// Per class: clips answered rightly, clips with that label, and clips with that answer; all that the scores need.
struct ClassTallies {
    /// C, the number of classes.
    let classes: Int
    /// 3 × C: rightly answered, with the label, with the answer.
    ///
    /// One array of narrow numbers, so that the bootstrap adds it up quickly.
    var counts: [Int32]

    init(classes: Int) {
        self.classes = classes
        counts = Array(repeating: 0, count: 3 * classes)
    }

    init(_ matrix: ConfusionMatrix) {
        let range = 0..<matrix.classes
        classes = matrix.classes
        let right = range.map { matrix[$0, $0] }
        counts = (right + range.map(matrix.support(of:)) + range.map(matrix.predictions(of:))).map(Int32.init)
    }

    func correct(_ index: Int) -> Int { Int(counts[index]) }
    func support(_ index: Int) -> Int { Int(counts[classes + index]) }
    func predicted(_ index: Int) -> Int { Int(counts[2 * classes + index]) }
}

extension ClassTallies {
    var total: Int { (0..<classes).reduce(0) { $0 + support($1) } }

    var accuracy: Double { ratio((0..<classes).reduce(0) { $0 + correct($1) }, total) }

    /// Mean recall over the classes that have clips.
    var uar: Double { mean(of: recall(of:)) { support($0) > 0 } }

    /// Mean F1 over the classes that have clips or were answered.
    var macroF1: Double { mean(of: f1(of:)) { support($0) + predicted($0) > 0 } }

    var weightedF1: Double {
        (0..<classes).reduce(0) { $0 + f1(of: $1) * Double(support($1)) } / Double(total)
    }

    func precision(of index: Int) -> Double { ratio(correct(index), predicted(index)) }

    func recall(of index: Int) -> Double { ratio(correct(index), support(index)) }

    func f1(of index: Int) -> Double { ratio(2 * correct(index), support(index) + predicted(index)) }

    private func mean(of score: (Int) -> Double, where counts: (Int) -> Bool) -> Double {
        var (sum, number) = (0.0, 0)
        for index in 0..<classes where counts(index) {
            sum += score(index)
            number += 1
        }
        return sum / Double(number)
    }

    /// The ratio, or 0 where there is nothing to divide by (scikit-learn's `zero_division=0`).
    private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
