import Testing

@testable import EmotionHead

@Suite struct EarlyStoppingTests {
    @Test func theFirstOfEqualEpochsStaysTheBest() {
        #expect(bestAndLast(.accuracy, patience: 2, values: [0.5, 0.7, 0.7, 0.6, 0.9]) == [2, 4])
    }

    @Test func aSmallerLossIsBetter() {
        #expect(bestAndLast(.loss, patience: 2, values: [0.9, 0.7, 0.8, 0.6, 0.6, 0.7, 0.1]) == [4, 6])
    }

    @Test func withoutANewBestOnlyPatienceEndsTraining() {
        #expect(bestAndLast(.loss, patience: 3, values: [0.5, 0.6, 0.7]) == [1, 3])
    }

    private func bestAndLast(_ monitor: EarlyStopping.Monitor, patience: Int, values: [Double]) -> [Int] {
        var best = BestEpoch(EarlyStopping(monitor: monitor, patience: patience))
        for (position, value) in values.enumerated() {
            let record = EpochRecord(
                epoch: position + 1, learningRate: 1, trainLoss: 1, trainAccuracy: 1,
                validationLoss: monitor == .loss ? value : 1, validationAccuracy: monitor == .accuracy ? value : 1)
            _ = best.isImproved(by: record)
            if best.endsTraining(after: position + 1) { return [best.epoch, position + 1] }
        }
        return [best.epoch, values.count]
    }
}
