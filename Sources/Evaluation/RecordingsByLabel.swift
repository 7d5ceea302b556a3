/// The candidates (indexes into `clips`) of each label, grouped into recordings: labels × recordings × copies.
///
/// Labels and digests give the order, so that the order of the clips does not matter. Copies under several labels count
/// under the smallest.
func recordingsByLabel(_ candidates: some Sequence<Int>, of clips: [LabelledClip]) -> [[[Int]]] {
    let recordings = Dictionary(grouping: candidates) { clips[$0].content }
        .sorted { $0.key < $1.key }.map(\.value)
    let strata = Dictionary(grouping: recordings) { copies in copies.map { clips[$0].label }.min() ?? 0 }
    return strata.sorted { $0.key < $1.key }.map(\.value)
}
