extension Sequence where Element: Hashable {
    /// Each element once, where it first occurs.
    public func uniqued() -> [Element] {
        var known: Set<Element> = []
        return filter { known.insert($0).inserted }
    }
}
