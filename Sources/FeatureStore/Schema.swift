import GRDB

/// The tables, as numbered steps in plain SQL that are only ever added to; the third is followed by code.
///
/// `PRAGMA user_version` counts the steps that a file has had and `PRAGMA application_id` says that the file is ours;
/// both stand in the first hundred bytes of the file, where ``StoreFileHeader`` reads them without opening it.
enum Schema {
    /// "TMBR" in ASCII.
    static let applicationID: Int32 = 0x544D_4252

    /// The number of steps this code knows.
    static var version: Int { steps.count }

    private static let steps = [
        """
        CREATE TABLE files (
            path     TEXT PRIMARY KEY,
            size     INTEGER NOT NULL,
            modified INTEGER NOT NULL, -- nanoseconds since 1970
            changed  INTEGER NOT NULL, -- nanoseconds since 1970
            hashed   INTEGER NOT NULL, -- nanoseconds since 1970
            sha256   BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audio_facts (
            clip            BLOB PRIMARY KEY,
            sample_rate     INTEGER NOT NULL,
            channels        INTEGER NOT NULL,
            frames          INTEGER NOT NULL,
            format          TEXT NOT NULL,
            peak            REAL NOT NULL,
            rms             REAL NOT NULL,
            clipped_samples INTEGER NOT NULL,
            silent          INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recipes (
            id     INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            fields TEXT NOT NULL -- JSON
        ) STRICT;

        CREATE TABLE embeddings (
            id              INTEGER PRIMARY KEY,
            recipe          INTEGER NOT NULL REFERENCES recipes ON DELETE CASCADE,
            clip            BLOB NOT NULL,
            layers          INTEGER NOT NULL,
            hidden          INTEGER NOT NULL,
            frames          INTEGER NOT NULL,
            instruction_set TEXT NOT NULL,
            checksum        BLOB NOT NULL,
            "values"        BLOB NOT NULL, -- layers × hidden little-endian Float32
            UNIQUE (recipe, clip)
        ) STRICT;

        CREATE TABLE trainings (
            id          INTEGER PRIMARY KEY,
            key         BLOB NOT NULL UNIQUE,
            description TEXT NOT NULL, -- JSON
            best_epoch  INTEGER NOT NULL
        ) STRICT;

        -- A figure that is not a number is NULL, as SQLite has it; `validated` tells it from one that was not taken.
        CREATE TABLE epochs (
            training            INTEGER NOT NULL REFERENCES trainings ON DELETE CASCADE,
            epoch               INTEGER NOT NULL,
            learning_rate       REAL,
            train_loss          REAL,
            train_accuracy      REAL,
            validated           INTEGER NOT NULL,
            validation_loss     REAL,
            validation_accuracy REAL,
            PRIMARY KEY (training, epoch)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE predictions (
            training      INTEGER NOT NULL REFERENCES trainings ON DELETE CASCADE,
            position      INTEGER NOT NULL,
            clip          BLOB NOT NULL,
            label         INTEGER NOT NULL,
            probabilities BLOB NOT NULL, -- little-endian Float32, one a class
            PRIMARY KEY (training, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ledger (
            key   BLOB PRIMARY KEY,
            stage TEXT NOT NULL,
            facts TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
        // Answers of the validation part too, a whole part to a row, under a checksum. Trainings of the first step go: what
        // their keys are made of has changed, so no pipeline asks for them any more.
        """
        DELETE FROM trainings;
        DROP TABLE predictions;
        ALTER TABLE trainings ADD COLUMN layer_weights BLOB; -- little-endian Float32, one a hidden state; NULL: none learned
        ALTER TABLE trainings ADD COLUMN checksum BLOB NOT NULL DEFAULT x''; -- over everything but the answers

        CREATE TABLE answers (
            id            INTEGER PRIMARY KEY,
            training      INTEGER NOT NULL REFERENCES trainings ON DELETE CASCADE,
            part          TEXT NOT NULL, -- 'validation' or 'test'
            clips         BLOB NOT NULL, -- 32 bytes a clip
            labels        BLOB NOT NULL, -- little-endian Int32, one a clip
            probabilities BLOB NOT NULL, -- clips × classes little-endian Float32
            checksum      BLOB NOT NULL,
            UNIQUE (training, part)
        ) STRICT;
        """,
        // A checksum over all of every row. Those that had none and are made again in seconds go.
        """
        DELETE FROM files;
        DELETE FROM audio_facts;
        ALTER TABLE files ADD COLUMN checksum BLOB NOT NULL DEFAULT x'';
        ALTER TABLE audio_facts ADD COLUMN checksum BLOB NOT NULL DEFAULT x'';
        ALTER TABLE ledger ADD COLUMN checksum BLOB NOT NULL DEFAULT x'';
        """,
    ]

    /// The step that ``ChecksumMigration`` follows.
    private static let checksumStep = 3

    /// The number of steps that a database has had.
    static func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    /// Brings a database up to date, or as far as a number of steps, within the caller's transaction.
    ///
    /// - Returns: what had to be dropped because it was damaged.
    @discardableResult
    static func migrate(_ database: Database, file: String, steps last: Int = version) throws -> StoreLosses {
        let done = try version(of: database)
        if done == 0 { try checkThatEmpty(database, file: file) }
        var losses = StoreLosses()
        for (number, step) in zip(1..., steps).prefix(last).dropFirst(done) {
            try database.execute(sql: step)
            if number == checksumStep { losses = try ChecksumMigration.run(in: database) }
        }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(last)")
        return losses
    }

    /// Refuses another program's database whose tables are so far only in its write-ahead log.
    private static func checkThatEmpty(_ database: Database, file: String) throws {
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
            let applicationID = try UInt32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            guard applicationID != UInt32(Self.applicationID) else {
                throw FeatureStoreError.damaged(file: file, reason: "schema version 0")
            }
            throw FeatureStoreError.foreign(file: file, applicationID: applicationID)
        }
    }
}
