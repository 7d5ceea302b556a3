import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ParameterGridTests {
    private func grid(_ parameters: String, lists: [String: ListMeaning] = [:]) throws -> ParameterGrid {
        try ParameterGrid(
            expanding: stageFile(withParameters: parameters).declarations[0].parameters, lists: lists)
    }

    private func texts(_ grid: ParameterGrid) -> [String] {
        grid.points.map { $0.values.map { "\($0.axis)=\($0.text)" }.joined(separator: " ") }
    }

    @Test func aMappingWithoutListsIsOnePoint() throws {
        let grid = try grid("epochs: 3\nhead: {hidden: 4}")
        #expect(grid.axes.isEmpty)
        #expect(texts(grid) == [""])
        #expect(try grid.points[0].parameters.reader().required("epochs", .wholeNumber) == 3)
    }

    @Test func theFirstAxisByKeyPathVariesSlowest() throws {
        let grid = try grid("seed: [1, 0]\nhead: {hidden: [4, 8]}\nlayer: [12]")
        #expect(grid.axes == ["head.hidden", "layer", "seed"])
        #expect(
            texts(grid) == [
                "head.hidden=4 layer=12 seed=1", "head.hidden=4 layer=12 seed=0",
                "head.hidden=8 layer=12 seed=1", "head.hidden=8 layer=12 seed=0",
            ])
    }

    @Test func theOrderOfKeysInTheFileDoesNotMatter() throws {
        let one = try grid("seed: [1, 0]\nlayer: [6, 12]")
        let other = try grid("layer: [6, 12]\nseed: [1, 0]")
        #expect(texts(one) == texts(other))
    }

    @Test func pointsReadAsIfTheirValuesWereWrittenIn() throws {
        let point = try grid("seed: [1, 0]\nhead: {hidden: [4, 8]}").points[3]
        let reader = point.parameters.reader()
        #expect(try reader.required("seed", .seed) == 0)
        #expect(try reader.mapping("head").required("hidden", .wholeNumber) == 8)
        let written = try PipelineTests.reader("head: {hidden: 8}\nseed: 0")
        _ = try written.required("seed", .seed)
        _ = try written.mapping("head").required("hidden", .wholeNumber)
        #expect(try reader.finish() == written.finish())
    }

    @Test func errorsInAPointPointAtTheElement() throws {
        let point = try grid("seed: [1, x]").points[1]
        expectDiagnosis(
            """
            wrong value for 'seed'
              where:    x.yaml:5:15 (heads.seed)
                        5 |     seed: [1, x]
              found:    "x" (text)
              expected: a whole number
            """, exit: .badData
        ) { try point.parameters.reader().required("seed", .wholeNumber) }
        expectDiagnosis(
            """
            unknown key 'seed'
              where:    x.yaml:5:5 (heads.seed)
                        5 |     seed: [1, x]
              expected: one of kind, needs
            """, exit: .badData
        ) { try point.parameters.reader().finish() }
    }

    @Test func anAxisOfListsTakesAnEmptyListAsItsValue() throws {
        let lists = ["head.hidden": ListMeaning.axisOfLists]
        #expect(try grid("head: {hidden: []}", lists: lists).axes == [])
        #expect(
            try texts(grid("head: {hidden: [256, 128]}", lists: lists)) == ["head.hidden=256", "head.hidden=128"])
        #expect(try texts(grid("head: {hidden: [[256, 128]]}", lists: lists)) == ["head.hidden=[256, 128]"])
        let mixed = try grid("head: {hidden: [[], 256, [256, 128]]}", lists: lists)
        #expect(texts(mixed) == ["head.hidden=[]", "head.hidden=256", "head.hidden=[256, 128]"])
        let last = try mixed.points[2].parameters.reader().mapping("head")
        #expect(try last.required("hidden", .oneOrMore(of: .wholeNumber)) == [256, 128])
    }

    @Test func aListThatIsAValueIsLeftAlone() throws {
        let grid = try grid("published: [{uar: [1, 2]}, {uar: [1, 2]}]\nseed: [0, 1]", lists: ["published": .value])
        #expect(grid.axes == ["seed"])
        #expect(try grid.points[0].parameters.reader().mappings("published").count == 2)
    }

    @Test func anElementsOwnListsAreAxesOfItsPointsOnly() throws {
        let grid = try grid("optimizer: [{kind: sgd}, {rate: [1e-3, 1e-4], kind: adamw}]")
        #expect(grid.axes == ["optimizer", "optimizer.rate"])
        #expect(
            texts(grid) == [
                "optimizer={kind: sgd}", "optimizer={kind: adamw, rate: [0.001, 0.0001]} optimizer.rate=0.001",
                "optimizer={kind: adamw, rate: [0.001, 0.0001]} optimizer.rate=0.0001",
            ])
    }

    @Test func textsDoNotDependOnHowValuesAreWritten() throws {
        let grid = try grid("x: [1e-4, 0x10, 2.50, 1e2, -3, 'yes', ~, true, 1e-12, 99999999999999999999]")
        #expect(
            grid.points.map { $0.values[0].text } == [
                "0.0001", "16", "2.5", "100", "-3", "yes", "null", "true", "1e-12", "99999999999999999999",
            ])
    }

    @Test func anEmptyAxisIsAnError() {
        expectDiagnosis(
            """
            an axis without values
              where:    x.yaml:5:11 (heads.seed)
                        5 |     seed: []
              found:    an empty list
              expected: a value, or a list of values
            """, exit: .badData
        ) { try grid("seed: []") }
    }

    @Test func oneValueTwiceOnAnAxisIsAnError() {
        expectDiagnosis(
            """
            a value that stands twice on one axis
              where:    x.yaml:5:25 (heads.head.rate[1])
                        5 |     head: {rate: [1e-4, 0.0001]}
              found:    0.0001
              try:      name it once
            """, exit: .badData
        ) { try grid("head: {rate: [1e-4, 0.0001]}") }
    }

    @Test func tooManyPointsAreAnErrorBeforeTheyAreMade() throws {
        let hundred = "[" + (0..<100).map { "\($0)" }.joined(separator: ", ") + "]"
        let most = try grid("a: \(hundred)\nb: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\nc: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]")
        #expect(most.points.count == 10_000)
        let endless = (0..<40).map { "k\($0): \(hundred)" }.joined(separator: "\n")
        expectDiagnosis(
            """
            the grid has too many points
              where:    x.yaml:3:3 (heads)
                        3 |   heads:
              expected: at most 10000
            """, exit: .badData
        ) { try grid(endless) }
    }

    @Test func eachPointHoldsAWholeMapping() throws {
        let long = (0..<2_000).map { "\($0)" }.joined(separator: ", ")
        let many = try grid("a: [\(long)]")
        #expect(many.points.count == 2_000)
        expectDiagnosis(
            """
            the grid has too many points
              where:    x.yaml:3:3 (heads)
                        3 |   heads:
              expected: at most 499
            """, exit: .badData
        ) { try grid("a: [[\(long)], \(long)]") }
    }
}
