/// `folds.csv`: which part of every fold of every cell each clip is in; one cell's rows can be given back as `folds:`.
public enum FoldsTable {
    /// The first line.
    public static let header = CSVTable(columns: ["cell", "fold", "clip", "part"]).text

    /// The lines of the clips, paths relative to the corpus root, that are in one part of a cell's fold.
    public static func rows(cell: String, fold: String, part: String, clips: [String]) -> String {
        var table = CSVTable()
        for clip in clips { table.append([.text(cell), .text(fold), .text(clip), .text(part)]) }
        return table.text
    }
}
