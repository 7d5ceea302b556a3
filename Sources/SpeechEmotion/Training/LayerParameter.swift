import Pipeline

extension FeatureSelection {
    /// Reads `layer`: a state's number, or a mapping that says how several are put together.
    init(_ reader: ParameterReader) throws {
        guard reader.isMapping("layer") else {
            self = .layer(try reader.required("layer", .layer))
            return
        }
        let layers = try reader.mapping("layer")
        let ways: [(String, (LayerSet) -> FeatureSelection)] = [
            ("concatenate", FeatureSelection.concatenation), ("average", FeatureSelection.average),
            ("weightedSum", FeatureSelection.weightedSum),
        ]
        let chosen = try ways.compactMap { name, way in try layers.optional(name, .layerSet).map { way($0.set) } }
        guard chosen.count == 1 else {
            throw reader.diagnosis(
                "a set of layers is put together in one way", at: "layer", found: "\(chosen.count) ways",
                expected: "one of \(ways.map(\.0).joined(separator: ", ")), such as {weightedSum: all}")
        }
        self = chosen[0]
    }
}

extension ParameterType where Value == Int {
    /// The number of a hidden state.
    fileprivate static var layer: Self {
        .wholeNumber(in: 0...).when(
            "a whole number of at least 0, or a mapping such as {weightedSum: all}, {average: all} or "
                + "{concatenate: [3, 6, 9]}"
        ) { _ in true }
    }
}

extension ParameterType where Value == Either<String, [Int]> {
    /// `all`, or a list of at least two distinct states.
    fileprivate static var layerSet: Self {
        .either(.choice(["all"]), or: .list(of: .wholeNumber(in: 0...))).when(
            "all, or a list of at least two layers, each once"
        ) {
            if case .second(let layers) = $0 { layers.count > 1 && Set(layers).count == layers.count } else { true }
        }
    }
}

extension Either where First == String, Second == [Int] {
    fileprivate var set: FeatureSelection.LayerSet {
        switch self {
        case .first: .all
        case .second(let layers): .some(layers)
        }
    }
}
