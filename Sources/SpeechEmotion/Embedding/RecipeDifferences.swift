/// Where the recipe of an encoder at hand differs from the one that a head was trained on.
///
/// The versions of the decoding libraries are left out: another release of them moves samples by rounding at most, and a
/// head should work on another machine. Everything else would change what the head hears.
struct RecipeDifferences {
    private let fields: [(name: String, found: String, expected: String)]

    init(found: [String: String], expected: [String: String]) {
        let names = Set(found.keys).union(expected.keys).subtracting(["decoder"]).sorted()
        fields = names.filter { found[$0] != expected[$0] }.map {
            (name: $0, found: found[$0] ?? "nothing", expected: expected[$0] ?? "nothing")
        }
    }

    var isEmpty: Bool { fields.isEmpty }

    /// The differing fields as they are here.
    var found: String { listed { "\($0.name) \($0.found)" } }

    /// The differing fields as the head has them.
    var expected: String { listed { "\($0.name) \($0.expected)" } }

    /// A line a field, of the first: a recipe has ten, and a stranger's head may claim thousands.
    private func listed(_ words: ((name: String, found: String, expected: String)) -> String) -> String {
        let most = 20
        let rest = fields.count > most ? ["and \(fields.count - most) more"] : []
        return (fields.prefix(most).map(words) + rest).joined(separator: "\n")
    }
}
