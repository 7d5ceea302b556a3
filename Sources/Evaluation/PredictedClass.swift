/// The class that probabilities answer: the index of the largest, of equal ones the first; one probability at least.
public func predictedClass(of probabilities: [Float]) -> Int {
    probabilities.indices.dropFirst().reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
}
