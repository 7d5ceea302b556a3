import Testing

@testable import EmotionHead

@Suite struct ScheduleTests {
    @Test func linearReachesZeroAfterTheLastEpoch() {
        #expect(isClose(rates(.linear, losses: [1, 1, 1, 1]), [0.8, 0.6, 0.4, 0.2, 0]))
    }

    @Test func cosineReachesZeroAfterTheLastEpoch() {
        #expect(isClose(rates(.cosine, losses: [1, 1, 1, 1]), [0.8, 0.682842712, 0.4, 0.117157288, 0]))
    }

    @Test func constantStays() {
        #expect(rates(.constant, losses: [1, 2, 3]) == [0.8, 0.8, 0.8, 0.8])
    }

    @Test func plateauWaitsOneEpochMoreThanItsPatience() {
        let found = rates(.plateau(factor: 0.5, patience: 1), losses: [1, 1, 1, 1, 1])
        #expect(found == [0.8, 0.8, 0.8, 0.4, 0.4, 0.2])
    }

    @Test func plateauTakesLessThanATenThousandthForNoImprovement() {
        #expect(rates(.plateau(factor: 0.5, patience: 0), losses: [1, 0.99991]) == [0.8, 0.8, 0.4])
        #expect(rates(.plateau(factor: 0.5, patience: 0), losses: [1, 0.99989]) == [0.8, 0.8, 0.8])
    }

    @Test func plateauLeavesRatesThatAreAlmostZero() {
        let found = rates(.plateau(factor: 0.5, patience: 0), initial: 1.5e-8, losses: [1, 1])
        #expect(found == [1.5e-8, 1.5e-8, 1.5e-8])
    }

    private func rates(_ schedule: Schedule, initial: Double = 0.8, losses: [Double]) -> [Double] {
        var rate = LearningRate(schedule, initial: initial, epochs: losses.count)
        return [rate.current]
            + losses.enumerated().map { position, loss in
                rate.finishEpoch(position + 1, loss: loss)
                return rate.current
            }
    }

    private func isClose(_ found: [Double], _ expected: [Double]) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-9 }
    }

    @Test(arguments: [Schedule.linear, .cosine, .plateau(factor: 0.5, patience: 0), .constant])
    func theWeightsOfTheStatesFollowByTheSameFactor(_ schedule: Schedule) {
        var recipe = smallRecipe()
        (recipe.schedule, recipe.layerWeightsLearningRate) = (schedule, 0.5)
        var rates = LearningRates(recipe)
        for epoch in 1...4 {
            #expect(abs(rates.mixing.current - 50 * rates.head.current) <= 1e-14)
            rates.finishEpoch(epoch, loss: Double(epoch))
        }
        recipe.layerWeightsLearningRate = nil
        #expect(LearningRates(recipe).mixing.current == 0.01)
    }
}
