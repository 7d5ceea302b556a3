import Foundation

/// What a saved head says of how its inputs were made, as strings in its metadata.
struct HeadFacts: Equatable {
    /// The encoder's directory when the head was trained.
    var encoder: String
    /// The fields of the recipe that made the embeddings.
    var recipe: [String: String]
    /// What the head takes of the pooled hidden states.
    var features: FeatureSelection
    var standardize: StandardizationMode
    /// Where the head comes from: pipeline, cell, protocol, its folds' SHA-256, and fold.
    var pipeline: String
    var cell: String
    var splitProtocol: String
    var foldsDigest: String
    var fold: String
    /// The key of the training, by which a run knows its own file again.
    var key: String
    /// Who made the encoder's weights, in words.
    var origin: String

    /// The facts under the names that they are saved by.
    var metadata: [String: String] {
        [
            "encoder": encoder, "recipe": Self.json(recipe), "layer": features.code,
            "standardize": standardize.rawValue,
            "pipeline": pipeline, "cell": cell, "protocol": splitProtocol, "folds": foldsDigest,
            "fold": fold, "key": key,
            "encoder_origin": origin,
        ]
    }
}

extension HeadFacts {
    /// Reads the facts back; one that is missing or senseless throws ``ModelError/headFact(file:fact:found:)``.
    init(_ metadata: [String: String], file: String) throws {
        func text(_ fact: String) throws -> String {
            guard let value = metadata[fact] else { throw ModelError.headFact(file: file, fact: fact, found: nil) }
            return value
        }
        func parsed<Value>(_ fact: String, by parse: (String) -> Value?) throws -> Value {
            let found = try text(fact)
            guard let value = parse(found) else { throw ModelError.headFact(file: file, fact: fact, found: found) }
            return value
        }
        self.init(
            encoder: try text("encoder"), recipe: try parsed("recipe") { Self.fields($0) },
            features: try parsed("layer") { FeatureSelection(code: $0) },
            standardize: try parsed("standardize") { StandardizationMode(rawValue: $0) },
            pipeline: try text("pipeline"),
            cell: try text("cell"), splitProtocol: try text("protocol"),
            foldsDigest: try text("folds"), fold: try text("fold"), key: try text("key"),
            origin: try text("encoder_origin"))
    }
}

extension HeadFacts {
    /// The facts as one line of JSON, sorted by name.
    static func json(_ fields: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private static func fields(_ json: String) -> [String: String]? {
        try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }
}

/// How embeddings are standardised before the head sees them.
enum StandardizationMode: String, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// By the mean and deviation of the fold's training clips.
    case train
    /// By the mean and deviation of each speaker's own clips, test speakers' included: transductive.
    case speaker
}
