import Testing

@testable import Reports

@Suite struct GrowthPictureTests {
    @Test func eachCurveIsALineThroughItsPoints() {
        let document = picture([[(1, 2), (2, 4), (4, 8)], [(1, 1), (4, 2)]]).document
        #expect(document.elements.count { $0.hasPrefix("<circle class=\"series0 dot\"") } == 3)
        #expect(document.elements.count { $0.hasPrefix("<circle class=\"series1 dot\"") } == 2)
        #expect(document.elements.contains { $0.hasPrefix("<polyline class=\"series1\"") })
        #expect(document.elements.contains("<g><title>first: clips 4, time, s 8</title>"))
    }

    @Test func whatIsProportionalPointsToTheCorner() throws {
        let document = picture([[(1, 2), (4, 8)]]).document
        // The first point of every curve is drawn, the corner is (64, 330).
        let line = try #require(document.elements.first { $0.hasPrefix("<polyline class=\"series0\"") })
        let numbers = line.matches(of: /([0-9.]+),([0-9.]+)/).compactMap { match in
            Double(match.1).flatMap { x in Double(match.2).map { (x: x - 64, y: 330 - $0) } }
        }
        try #require(numbers.count == 2)
        #expect(abs(numbers[0].y / numbers[0].x - numbers[1].y / numbers[1].x) < 0.001)
    }

    @Test func oneMeasurementOrNoneCanBeDrawn() {
        let alone = picture([[(3, 0)]]).document
        #expect(alone.elements.count { $0.hasPrefix("<circle") } == 1)
        #expect(!alone.elements.contains { $0.hasPrefix("<polyline class=\"series0\" points=\"\"") })
        #expect(picture([[]]).document.description == "time, s over clips. first: not measured.")
    }

    @Test func theDescriptionListsWhatWasMeasured() {
        #expect(
            picture([[(100, 0.25), (2_000, 12.345)], [(100, 150.26)]]).document.description
                == "time, s over clips. first: 0.2500 at 100, 12.35 at 2000. second: 150.3 at 100.")
        #expect(picture([[(1, 1)]]).rendered(file: "a.svg").text.hasPrefix("<svg "))
    }

    private func picture(_ curves: [[(x: Double, y: Double)]]) -> GrowthPicture {
        GrowthPicture(
            id: "growth", title: "Growth", subtitle: "of something", xName: "clips", yName: "time, s",
            curves: zip(["first", "second"], curves).map { GrowthPicture.Curve(name: $0, points: $1) })
    }
}
