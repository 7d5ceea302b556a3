/// All readers of bytes that may be a stranger's.
public enum FuzzTargets {
    /// In the order in which they are fuzzed.
    public static let all =
        checkpoints + encoders + heads + stages + tables + [archive, audio, question]

    /// The target of a name.
    public static func named(_ name: String) -> FuzzTarget? { (all + faults).first { $0.name == name } }
}
