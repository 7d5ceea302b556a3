import Testing

@testable import Drawing

@Suite struct LinearScaleTests {
    @Test func endsOfTheDomainMeetTheirPixels() {
        let scale = LinearScale(domain: 1...5, pixels: (100, 20))
        #expect([1, 3, 5].map(scale.position(of:)) == [100, 60, 20])
    }

    @Test func ticksAreRoundAndFew() {
        #expect(texts(0...2.1, 6) == ["0.0", "0.5", "1.0", "1.5", "2.0"])
        #expect(texts(0...0.035, 6) == ["0.00", "0.01", "0.02", "0.03"])
        #expect(texts(0...100, 6) == ["0", "20", "40", "60", "80", "100"])
        #expect(texts(0...7_300, 6) == ["0", "2000", "4000", "6000"])
    }

    @Test func lossesOfATrainingThatHasAllButDivergedHaveTicksToo() {
        #expect(texts(0...2.1e10, 6) == ["0", "5000000000", "10000000000", "15000000000", "20000000000"])
        #expect(texts(0...4.5e30, 6) == ["0", "1e+30", "2e+30", "3e+30", "4e+30"])
        #expect(texts(0...(.infinity), 6).isEmpty)
    }

    @Test func ticksOfEpochsAreWholeNumbers() {
        #expect(texts(1...3, 10, smallest: 1) == ["1", "2", "3"])
        #expect(texts(0.5...1.5, 10, smallest: 1) == ["1"])
        #expect(texts(1...37, 10, smallest: 1) == ["5", "10", "15", "20", "25", "30", "35"])
    }

    private func texts(_ domain: ClosedRange<Double>, _ limit: Int, smallest: Double = 0) -> [String] {
        LinearScale(domain: domain, pixels: (0, 1)).ticks(atMost: limit, smallest: smallest).map(\.text)
    }
}
