import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreVerificationTests {
    @Test func aSoundStoreHasNoComplaints() throws {
        try withStore { store in
            for number in 1...3 { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            let verification = try store.verify()
            #expect(verification == StoreVerification(embeddings: 3))
            #expect(verification.isSound)
        }
    }

    @Test func damagedRowsAreNamedAndDroppedOnlyWhenAsked() throws {
        try withStore { store in
            for number in 1...3 { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            let damage = "UPDATE embeddings SET \"values\" = zeroblob(48) WHERE clip = ?"
            try tamper(with: store, sql: damage, arguments: [clip(2)])
            #expect(try store.verify().damaged == [clip(2)])
            #expect(try store.verify().isSound == false)
            #expect(try store.verify(droppingDamaged: true).dropped)
            #expect(try store.missing((1...3).map(clip), recipe: recipe) == [clip(2)])
            #expect(try store.verify().isSound)
        }
    }

    @Test func rowsOfWhatIsNoNumberAreNamedAndDroppedLikeDamagedOnesThoughTheirChecksumsFit() throws {
        try withStore { store in
            for number in [1, 3] { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            try storeNotFinite(clip(2), in: store)
            let verification = try store.verify()
            #expect(verification == StoreVerification(embeddings: 3, notFinite: [clip(2)]))
            #expect(verification.damagedRows == 1 && !verification.isSound)
            #expect(try store.verify(droppingDamaged: true).dropped)
            #expect(try store.missing((1...3).map(clip), recipe: recipe) == [clip(2)])
            #expect(try store.verify().isSound)
        }
    }

    @Test func damagedAnswersAreNamedAndTheirTrainingDroppedOnlyWhenAsked() throws {
        try withStore { store in
            for number in 1...3 { try store.store(training(number)) }
            try tamper(
                with: store, sql: "UPDATE answers SET labels = zeroblob(4) WHERE part = 'validation' AND training = 2")
            let verification = try store.verify()
            #expect(verification.trainings == 3)
            #expect(verification.damagedTrainings == [training(2).key])
            #expect(!verification.isSound)
            #expect(try store.verify(droppingDamaged: true).dropped)
            #expect(try store.trainedKeys((1...3).map { training($0).key }) == [training(1).key, training(3).key])
            #expect(try store.verify().isSound)
        }
    }

    @Test func damagedRecordsAreCountedAndDroppedOnlyWhenAsked() throws {
        try withStore { store in
            for number in 1...3 { try store.record(clip(number), stage: "clips", facts: "{}") }
            _ = store.digests(of: [store.file], workers: 1)
            try tamper(with: store, sql: "UPDATE ledger SET facts = 'x' WHERE key = ?", arguments: [clip(2)])
            try tamper(with: store, sql: "UPDATE files SET size = size + 1")
            #expect(try store.verify().damagedRecords == 2)
            #expect(try store.verify(droppingDamaged: true).dropped)
            #expect(try store.verify().isSound)
            #expect(try store.recorded(clip(1)) == "{}")
        }
    }

    @Test func aRecipeThatDoesNotFitItsDigestIsAComplaint() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try tamper(with: store, sql: "UPDATE recipes SET fields = 'x'")
            let verification = try store.verify(droppingDamaged: true)
            #expect(verification.complaints == ["the fields of recipe 1 do not fit its digest"])
            #expect(verification.damaged.isEmpty && !verification.dropped)
        }
    }

    @Test func aReaderReportsADamagedStructureWithoutFailing() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try FeatureStore(at: file).store(embedding(1), clip: clip(1), recipe: recipe)
            try overwriteRoot(of: "embeddings", in: file)
            let verification = try FeatureStore(at: file, readOnly: true).verify()
            #expect(verification.complaints.count == 2)
            #expect(verification.complaints.last == "database disk image is malformed")
        }
    }

    @Test func aReferenceThatLeadsNowhereIsAComplaint() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            try DatabaseQueue(path: store.file.path, configuration: configuration).write {
                try $0.execute(sql: "DELETE FROM recipes")
            }
            let complaint = "a row of embeddings refers to a row of recipes that is not there"
            #expect(try store.verify().complaints == [complaint])
        }
    }
}
