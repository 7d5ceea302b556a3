/// Folds of one's own: a list that says which clips or speakers are in which part of which fold.
///
/// Folds come in the order in which the list first names them. Where the rows of a fold give parts, each clip named, or
/// every clip of a speaker named, belongs to that part, and clips in no part are left out of the fold. Where no row of
/// a fold gives one, the clips named are its test part, and all others are trained on.
///
/// Such folds are speaker-independent by declaration: ``LeakGuard`` refuses them if a speaker is on both sides, unless
/// the stage file allows overlap, and then the report is stamped. The validation rule serves only folds whose rows give
/// no validation part.
public struct ListedFolds: Sendable, Hashable {
    /// What stage files and reports call the protocol, such as "own-folds".
    public let name: String
    /// The rows in the order of the list.
    public let rows: [Row]

    /// Takes the rows of a list.
    ///
    /// Throws ``EvaluationError/noListedFolds(protocolName:)`` for a list without rows,
    /// ``EvaluationError/tooManyFolds(_:clips:protocolName:)`` for one of more than ``SplitProtocol/mostFolds`` folds, and
    /// ``EvaluationError/partsOfSomeRows(fold:with:without:protocolName:)`` if only some rows of a fold give a part.
    public init(name: String, rows: [Row]) throws {
        guard !rows.isEmpty else { throw EvaluationError.noListedFolds(protocolName: name) }
        self.name = name
        self.rows = rows
        let count = foldCount
        guard count <= SplitProtocol.mostFolds else {
            throw EvaluationError.tooManyFolds(count, clips: nil, protocolName: name)
        }
        for (fold, rows) in folds { try checkPartsAreGivenOfAllOrNone(in: rows, of: fold) }
    }

    /// One line of the list: in `fold`, `member` belongs to `part`.
    public struct Row: Sendable, Hashable {
        /// The line of the file, from 1, for messages.
        public var line: Int
        /// The fold's name.
        public var fold: String
        /// Who or what is named.
        public var member: Member
        /// The part; nil where the fold's rows only say what is tested.
        public var part: FoldPart?

        /// One line of the list.
        public init(line: Int, fold: String, member: Member, part: FoldPart? = nil) {
            self.line = line
            self.fold = fold
            self.member = member
            self.part = part
        }
    }

    /// Whom or what a row names.
    public enum Member: Sendable, Hashable {
        /// One clip, by its path relative to the corpus root.
        case clip(String)
        /// All clips of one speaker.
        case speaker(String)
    }
}

extension ListedFolds {
    /// How many folds the rows name.
    var foldCount: Int { Set(rows.lazy.map(\.fold)).count }

    /// The rows of each fold, folds in order of first appearance.
    var folds: [(name: String, rows: [Row])] {
        let byName = Dictionary(grouping: rows, by: \.fold)
        return rows.map(\.fold).uniqued().map { ($0, byName[$0, default: []]) }
    }

    private func checkPartsAreGivenOfAllOrNone(in rows: [Row], of fold: String) throws {
        guard let with = rows.first(where: { $0.part != nil }), let without = rows.first(where: { $0.part == nil })
        else { return }
        throw EvaluationError.partsOfSomeRows(
            fold: fold, with: with.line, without: without.line, protocolName: name)
    }
}

extension ListedFolds {
    /// The list without the rows that name some clips of the corpus, because an experiment has no use for them.
    ///
    /// Throws ``EvaluationError/emptyPart(_:fold:)`` for a fold of which no row is left.
    public func leavingOut(_ paths: Set<String>) throws -> ListedFolds {
        let kept = rows.filter { row in
            if case .clip(let path) = row.member { !paths.contains(path) } else { true }
        }
        let names = Set(kept.map(\.fold))
        if let emptied = rows.first(where: { !names.contains($0.fold) }) {
            throw EvaluationError.emptyPart(.test, fold: emptied.fold)
        }
        return try ListedFolds(name: name, rows: kept)
    }
}
