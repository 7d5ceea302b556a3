import Testing

@testable import Pipeline

@Suite struct NearestNameTests {
    @Test func insertionsDeletionsReplacementsAndSwapsAreNear() {
        let names = ["epochs", "batch", "learningRate", "optimizer"]
        #expect(nearest(to: "epoch", among: names) == "epochs")
        #expect(nearest(to: "batchh", among: names) == "batch")
        #expect(nearest(to: "bitch", among: names) == "batch")
        #expect(nearest(to: "bacth", among: names) == "batch")
        #expect(nearest(to: "learning_rate", among: names) == "learningRate")
        #expect(nearest(to: "optimiser", among: names) == "optimizer")
    }

    @Test func caseDoesNotCount() {
        #expect(nearest(to: "EPOCHS", among: ["epochs"]) == "epochs")
    }

    @Test func namesWithLittleInCommonAreNotSuggested() {
        #expect(nearest(to: "zebra", among: ["epochs", "batch"]) == nil)
        #expect(nearest(to: "a", among: ["b"]) == nil)
        #expect(nearest(to: "x", among: []) == nil)
        #expect(nearest(to: "", among: ["a"]) == nil)
    }

    @Test func ofEquallyNearNamesTheFirstIsSuggested() {
        #expect(nearest(to: "seed0", among: ["seed1", "seed2"]) == "seed1")
    }

    @Test func veryLongNamesAreNotCompared() {
        let long = String(repeating: "a", count: 65)
        #expect(nearest(to: long, among: [long + "b"]) == nil)
    }

    @Test func longListsAreCutAfterTwelve() {
        #expect(listed((1...12).map { "\($0)" }) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12")
        #expect(listed((1...14).map { "\($0)" }) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more")
    }
}
