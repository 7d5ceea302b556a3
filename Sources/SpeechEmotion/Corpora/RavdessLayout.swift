import Evaluation

/// The speech part of RAVDESS: labels and speakers stand in the file names.
struct RavdessLayout: NamingLayout {
    static let name = "ravdess"
    let classes = RavdessName.emotions
    let labelSet = "ravdess-8"
    let source = CorpusSource.ravdess
    let clipCount = 1440

    func describe(_ path: String) throws(LayoutFault) -> ClipDescription {
        let name: RavdessName
        do {
            name = try RavdessName(parsing: stem(of: path))
        } catch {
            throw LayoutFault(reason: error.reason)
        }
        if let folder = path.split(separator: "/").dropLast().last, folder.hasPrefix("Actor_"),
            folder != "Actor_\(name.speaker)"
        {
            throw LayoutFault(reason: "its name says actor \(name.speaker), its folder \(folder)")
        }
        return ClipDescription(
            speaker: name.speaker, label: name.emotion - 1, sex: name.actor.isMultiple(of: 2) ? .female : .male)
    }

    func incompleteness(of paths: [String]) -> [CorpusProblem] {
        let stems = Dictionary(grouping: paths, by: stem)
        let absent = RavdessName.all.filter { stems[$0.stem] == nil }.map {
            CorpusProblem(path: $0.path, reason: "one of RAVDESS's 1440 speech clips, is missing")
        }
        return (absent + CorpusProblem.repeated(stems)).sorted { $0.path < $1.path }
    }
}
