/// Which pooled hidden states a command writes.
public enum LayerSelection: Sendable, Equatable {
    /// Every state, from the transformer's input to the encoder's output.
    case all
    /// The encoder's output.
    case last
    /// These states, in this order.
    case some([Int])

    /// Reads `all`, `last` or a list such as `0,6,12`.
    public init(parsing text: String) throws {
        switch text {
        case "all": self = .all
        case "last": self = .last
        default:
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard !numbers.isEmpty, numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
                throw CommandError.layerList(text: text)
            }
            self = .some(numbers.compactMap { $0 })
        }
    }

    /// The states' numbers for an encoder with `count` of them.
    func layers(of count: Int) throws -> [Int] {
        switch self {
        case .all: return Array(0..<count)
        case .last: return [count - 1]
        case .some(let layers):
            if let layer = layers.first(where: { $0 >= count }) {
                let list = layers.map(String.init).joined(separator: ",")
                throw CommandError.layerBeyond(layer: layer, last: count - 1, list: list)
            }
            return layers
        }
    }
}
