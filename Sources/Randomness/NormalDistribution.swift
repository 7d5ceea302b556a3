import Foundation

extension SeededGenerator {
    /// Two independent standard normal numbers (Box and Muller, 1958).
    public mutating func normalPair() -> (Double, Double) {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        return (radius * cos(angle), radius * sin(angle))
    }
}
