import Testing

@testable import Audio

@Suite struct ClipWindowsTests {
    /// Seconds of a clip and of its windows, at 10 samples a second.
    static let cuts: [(samples: Int, windows: [Int])] = [
        (1, [1]), (300, [300]), (599, [599]), (600, [600]), (601, [300, 301]), (900, [300, 600]),
        (901, [300, 300, 301]),
        (1_000, [300, 300, 400]), (36_000, [Int](repeating: 300, count: 118) + [600]),
    ]

    @Test(arguments: cuts, [1, 7, 300, 100_000]) func theLastWindowTakesAllThatIsLeft(
        cut: (samples: Int, windows: [Int]), piece: Int
    ) {
        var windows = ClipWindows(rate: 10)
        var found: [[Float]] = []
        let signal = (0..<cut.samples).map(Float.init)
        for start in stride(from: 0, to: signal.count, by: piece) {
            windows.add(Array(signal[start..<min(start + piece, signal.count)])) { found.append($0) }
        }
        windows.finish { found.append($0) }
        #expect(found.map(\.count) == cut.windows)
        #expect(found.flatMap { $0 } == signal)
    }

    @Test func nothingHasNoWindow() {
        var windows = ClipWindows(rate: 10)
        windows.add([]) { _ in Issue.record("a window of nothing") }
        windows.finish { _ in Issue.record("a window of nothing") }
    }
}
