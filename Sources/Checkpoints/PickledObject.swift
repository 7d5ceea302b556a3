/// What one pickle holds.
struct PickledObject {
    /// The value that the pickle leaves.
    let value: PickleValue
    /// The items of every tuple, list and dictionary in it.
    let containers: [[PickleValue]]
    /// The storages that the pickle refers to, by key.
    let storages: [String: PickledStorage]
    /// The offset in the file of the first byte after the pickle.
    let end: Int

    /// The items of the value where it is a list.
    var list: [PickleValue]? {
        if case .list(let index) = value { containers[index] } else { nil }
    }

    /// The keys and values of the value where it is a dictionary, in the order of the pickle.
    var dictionary: [(key: PickleValue, value: PickleValue)]? {
        guard case .dictionary(let index) = value else { return nil }
        let items = containers[index]
        return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
    }
}
