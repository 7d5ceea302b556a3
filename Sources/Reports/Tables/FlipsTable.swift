/// `flips.csv`: every clip that two results answer differently, with both answers and how sure each was.
struct FlipsTable {
    let comparison: ResultComparison

    var text: String {
        let classes = comparison.first.cell.classes
        var table = CSVTable(columns: [
            "clip", "speaker", "label", "first", "p_first", "second", "p_second", "change",
        ])
        for clip in comparison.flipped {
            let (one, other) = (clip.first, clip.second)
            table.append([
                .text(one.clip), .text(one.speaker), .text(classes[one.label]), .text(classes[one.predicted]),
                .single(one.probabilities[one.predicted]), .text(classes[other.predicted]),
                .single(other.probabilities[other.predicted]), .text(Flip(clip).rawValue),
            ])
        }
        return table.text
    }
}
