/// What a merge of one store into another came to.
public struct StoreMerge: Sendable, Equatable {
    /// The rows of one table.
    public struct Tally: Sendable, Equatable {
        /// Rows that were not there.
        public var added = 0
        /// Rows that were there with the same content.
        public var present = 0
        /// Rows that took the place of damaged ones.
        public var mended = 0
    }

    /// Embeddings.
    public var embeddings = Tally()
    /// Trained heads with their histories and answers.
    public var trainings = Tally()
    /// What is known of clips' audio, and of heads that diverged.
    public var records = Tally()
    /// The bytes of the embeddings' values that were read.
    public var bytes = 0
    /// Rows that are left out, by what they are and why: a checksum that does not fit, values that are not finite.
    public var damaged: [String] = []
    /// The clips of damaged embeddings and the keys of damaged trainings, where they can be read.
    public var damagedKeys: Set<Digest> = []
    /// Rows that say something else than those that are there, which stay.
    public var conflicts: [StoreConflict] = []

    /// Nothing merged.
    public init() {}

    /// The number of rows that were read.
    public var rows: Int {
        [embeddings, trainings, records].reduce(damaged.count + conflicts.count) {
            $0 + $1.added + $1.present + $1.mended
        }
    }

    mutating func count(_ outcome: Outcome, in table: WritableKeyPath<StoreMerge, Tally>) {
        switch outcome {
        case .added: self[keyPath: table].added += 1
        case .present: self[keyPath: table].present += 1
        case .mended: self[keyPath: table].mended += 1
        case .conflict(let conflict): conflicts.append(conflict)
        }
    }

    /// What became of one row.
    enum Outcome {
        case added, present, mended
        case conflict(StoreConflict)
    }
}

/// Two rows for one key that say different things, both sound.
public struct StoreConflict: Sendable, Equatable {
    /// What the row is: "clip 0a1b…, recipe 2c3d…".
    public let row: String
    /// The checksum of the row that is there and stays, as hex.
    public let present: String
    /// The checksum of the row that was offered, as hex.
    public let offered: String

    /// The conflict in words.
    public var words: String { "\(row): checksum \(present) is there and stays, \(offered) was offered" }
}
