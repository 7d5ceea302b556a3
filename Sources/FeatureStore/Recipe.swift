import Foundation

/// Everything that decides an embedding besides the clip's bytes: encoder digest, decoding, normalisation, pooling,
/// precision, result version.
public struct Recipe: Sendable, Hashable {
    /// Names and values; their order means nothing.
    public var fields: [String: String]

    /// Takes the fields of one recipe.
    public init(fields: [String: String]) {
        self.fields = fields
    }

    /// The digest of the fields sorted by name.
    public var digest: Digest {
        Digest.of(["recipe"] + fields.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }

    /// The fields as JSON with sorted names, for people who read the database.
    var canonicalJSON: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(fields), as: UTF8.self)
        }
    }

    init(canonicalJSON: String) throws {
        fields = try JSONDecoder().decode([String: String].self, from: Data(canonicalJSON.utf8))
    }
}
