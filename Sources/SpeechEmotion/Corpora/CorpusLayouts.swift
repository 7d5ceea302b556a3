import Pipeline

/// A layout by the name that a stage file uses.
enum CorpusLayouts {
    private static let naming: [any CorpusLayout] = [
        RavdessLayout(), EmoDBLayout(), CremaDLayout(), SaveeLayout(), TessLayout(), IemocapLayout(),
    ]
    static let names = naming.map { type(of: $0).name } + [TableLayout.name]

    /// Reads `layout` and, for a table, `table` and `columns`.
    static func layout(_ reader: ParameterReader) throws -> any CorpusLayout {
        let name = try reader.required("layout", .choice(names))
        if let layout = naming.first(where: { type(of: $0).name == name }) { return layout }
        // What the table says enters the key with the clips.
        let table = try reader.required("table", .text, excludedFromKey: true)
        let columns = try reader.mappingOrDefaults("columns", excludedFromKey: true)
        let usual = ClipTableColumns()
        return try TableLayout(
            table,
            columns: ClipTableColumns(
                path: try columns.value("path", .text, default: usual.path),
                label: try columns.value("label", .text, default: usual.label),
                speaker: try columns.value("speaker", .text, default: usual.speaker),
                sex: try columns.value("sex", .text, default: usual.sex)))
    }
}
