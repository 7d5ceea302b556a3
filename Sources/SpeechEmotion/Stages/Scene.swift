/// What every stage of a run shares: which pipeline it belongs to, where things lie, how to go about it.
struct Scene: Sendable {
    /// The pipeline's name, which names its folders.
    let pipeline: String
    /// The comment that opens the stage file.
    let question: String
    let project: Project
    let options: WorkOptions
}
