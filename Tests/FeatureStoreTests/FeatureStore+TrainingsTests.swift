import Testing

@testable import FeatureStore

@Suite struct FeatureStoreTrainingsTests {
    @Test func aTrainingComesBackAsItWas() throws {
        try withStore { store in
            try store.store(training(1))
            try store.store(training(2))
            try store.store(training(3))
            for number in 1...3 { #expect(try store.training(training(number).key) == training(number)) }
            #expect(try store.training(training(4).key) == nil)
        }
    }

    @Test func trainedKeysAreThoseWithATraining() throws {
        try withStore { store in
            try store.store(training(1))
            try store.store(training(3))
            let keys = (1...4).map { training($0).key }
            #expect(try store.trainedKeys(keys) == [keys[0], keys[2]])
        }
    }

    @Test func storingAgainReplacesEpochsAndPredictionsToo() throws {
        try withStore { store in
            var shorter = training(1)
            shorter.bestEpoch = 1
            shorter.history.removeLast()
            shorter.predictions.removeLast()
            try store.store(training(1))
            try store.store(shorter)
            #expect(try store.training(shorter.key) == shorter)
            #expect(try store.statistics().trainings == 1)
        }
    }

    @Test func answersThatAreNoNumbersDropTheirTraining() throws {
        try withStore { store in
            var diverged = training(1)
            diverged.predictions[0].probabilities[2] = .nan
            try store.store(diverged)
            #expect(try store.training(diverged.key) == nil)
            #expect(try store.trainedKeys([diverged.key]).isEmpty)
        }
    }

    @Test(arguments: ["clips", "labels", "probabilities", "checksum"], ["validation", "test"])
    func aDamagedAnswerDropsItsTrainingAndNoOther(column: String, part: String) throws {
        try withStore { store in
            try store.store(training(1))
            try store.store(training(2))
            let damage = """
                UPDATE answers SET \(column) = zeroblob(length(\(column))) WHERE part = '\(part)'
                    AND training = (SELECT id FROM trainings WHERE key = ?)
                """
            try tamper(with: store, sql: damage, arguments: [training(1).key])
            #expect(try store.training(training(1).key) == nil)
            #expect(try store.trainedKeys([1, 2].map { training($0).key }) == [training(2).key])
            #expect(try store.training(training(2).key) == training(2))
        }
    }

    @Test(arguments: [
        "UPDATE trainings SET best_epoch = 1", "UPDATE trainings SET layer_weights = zeroblob(12)",
        "UPDATE trainings SET description = '{}'", "UPDATE epochs SET validation_loss = 1.0 WHERE epoch = 2",
        "DELETE FROM epochs WHERE epoch = 1", "DELETE FROM answers WHERE part = 'test'",
        "DELETE FROM answers WHERE part = 'validation'", "UPDATE epochs SET validated = 0 WHERE epoch = 2",
        "UPDATE trainings SET best_epoch = -9000000000000000000", "UPDATE epochs SET epoch = -1 WHERE epoch = 2",
    ])
    func anyOtherDamageDropsATrainingToo(sql: String) throws {
        try withStore { store in
            try store.store(training(2))
            try tamper(with: store, sql: sql)
            #expect(try store.training(training(2).key) == nil)
        }
    }

    @Test func answersThatChangedPlacesAreDamage() throws {
        try withStore { store in
            try store.store(training(1))
            try tamper(with: store, sql: "UPDATE answers SET part = part || ' once'")
            try tamper(
                with: store,
                sql: "UPDATE answers SET part = CASE part WHEN 'test once' THEN 'validation' ELSE 'test' END")
            #expect(try store.training(training(1).key) == nil)
        }
    }

    @Test func figuresThatAreNotNumbersAndFiguresNotTakenStayApart() throws {
        try withStore { store in
            var diverged = training(1)
            diverged.history = [
                StoredEpoch(
                    epoch: 1, learningRate: 1, trainLoss: .nan, trainAccuracy: 0.1, validationLoss: .nan,
                    validationAccuracy: 0.1),
                StoredEpoch(
                    epoch: 2, learningRate: 1, trainLoss: .infinity, trainAccuracy: 0.1, validationLoss: nil,
                    validationAccuracy: nil),
            ]
            try store.store(diverged)
            let history = try #require(try store.training(diverged.key)).history
            #expect(history[0].trainLoss.isNaN)
            #expect(history[0].validationLoss?.isNaN == true)
            #expect(history[1].trainLoss == .infinity)
            #expect(history[1].validationLoss == nil)
            #expect(history[1].validationAccuracy == nil)
        }
    }
}
