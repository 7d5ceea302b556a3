import Testing

@testable import Pipeline

@Suite struct StageKeyTests {
    private func key(
        kind: String = "train", version: Int = 1, parameters: CanonicalValue = .mapping(["epochs": .int(10)]),
        needs: [StageKey] = [], inputs: [String] = []
    ) -> StageKey {
        StageKey(
            kind: kind, resultVersion: version, parameters: parameters, needs: needs, externalInputs: inputs)
    }

    /// The parameters as a stage that knows a few keys would read them.
    private func parameters(_ text: String, overrides: [String] = []) throws -> CanonicalValue {
        let reader = try reader(text, overrides: overrides)
        _ = try reader.value("learningRate", .number(above: 0), default: 1e-4)
        _ = try reader.value("batch", .wholeNumber(in: 1...), default: 16)
        _ = try reader.value("layers", .oneOrMore(of: .wholeNumber), default: [12])
        _ = try reader.optional("seed", .seed)
        _ = try reader.value("workers", .wholeNumber, default: 1, excludedFromKey: true)
        let head = try reader.mappingOrDefaults("head")
        _ = try head.value("hidden", .wholeNumber, default: 256)
        _ = try head.value("dropout", .number(in: 0..<1), default: 0.3)
        return try reader.finish()
    }

    @Test func theKeyIsItsDigestInHexadecimal() {
        let key = key()
        #expect(key.bytes.count == 32)
        #expect(key.description == "47ce82e1253b9f8ee456513925dc13603977d4e21482c0489e85302cc43fa72f")
    }

    @Test func aChangeInAnyPartChangesTheKey() {
        let (first, second) = (key(kind: "a"), key(kind: "b"))
        let keys = [
            key(), key(kind: "embed"), key(version: 2), key(parameters: .mapping([:])), key(needs: [first]),
            key(needs: [first, second]), key(needs: [second, first]), key(inputs: [first.description]),
            key(inputs: ["ab", "c"]), key(inputs: ["a", "bc"]), key(inputs: ["abc"]), key(inputs: [""]),
        ]
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [
        "learningRate: 1e-4", "learningRate: 0.0001", "learningRate: 1.0E-4  # the seed's", "batch: 16", "batch: 0x10",
        "layers: 12", "layers: [12]", "layers:\n- 12", "head: {}", "head: {dropout: 0.3, hidden: 256}",
        "head:\n  hidden: 256\n  dropout: .3", "batch: 16\nlearningRate: 1e-4", "learningRate: 1e-4\nbatch: 16",
        "workers: 8", "batch: ~", "head: null", "&b batch: 16\nworkers: 2",
    ])
    func theWritingOfDefaultsDoesNotChangeTheKey(_ text: String) throws {
        #expect(try parameters(text).encoded == parameters("# nothing").encoded)
    }

    @Test(arguments: [
        "learningRate: 1.0000001e-4", "batch: 17", "layers: [12, 12]", "seed: 0", "head: {hidden: 255}",
        "head: {dropout: 0.30000001}",
    ])
    func theChangeOfAValueChangesTheKey(_ text: String) throws {
        #expect(try parameters(text).encoded != parameters("# nothing").encoded)
    }

    @Test func anOverrideGivesTheKeyOfTheSameFileWithTheValueWrittenIn() throws {
        let overridden = try parameters("batch: 16", overrides: ["heads.batch=32", "heads.head.hidden=64"])
        #expect(try overridden == parameters("batch: 32\nhead: {hidden: 64}"))
    }
}
