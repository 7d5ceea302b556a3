/// The stages of a file with their work, in the order in which they run.
public struct StageGraph {
    /// One stage.
    public struct Stage {
        /// What the file declares.
        public let declaration: StageDeclaration
        /// What the code makes of it.
        public let work: any StageWork

        /// The stage's name.
        public var name: String { declaration.name }
    }

    /// The stages, each after all that it needs.
    public let stages: [Stage]

    /// Makes the work of every stage.
    /// - Parameter factories: by kind.
    /// - Throws: ``PipelineError/unknownKind(_:kind:kinds:)``, and what the factories throw.
    public init(_ file: StageFile, factories: [String: StageFactory]) throws {
        var works: [String: any StageWork] = [:]
        stages = try file.declarations.map { declaration in
            guard let factory = factories[declaration.kind] else {
                throw PipelineError.unknownKind(
                    declaration.kindPlace, kind: declaration.kind, kinds: factories.keys.sorted())
            }
            let work = try factory(declaration, declaration.needs.compactMap { works[$0] })
            works[declaration.name] = work
            return Stage(declaration: declaration, work: work)
        }
    }

    /// The names of the stages, in the order in which they run.
    public var names: [String] { stages.map(\.name) }

    /// The names of the stages that need `name`, directly or through others, in the order in which they run.
    public func dependents(of name: String) -> [String] {
        var reached: Set<String> = [name]
        return stages.filter { stage in
            guard stage.declaration.needs.contains(where: reached.contains) else { return false }
            return reached.insert(stage.name).inserted
        }.map(\.name)
    }
}
