import Testing

@testable import Evaluation

@Suite struct NumberingTests {
    @Test func findsTheClipsOfEitherListWhoseKeyOccursInBoth() {
        let numbering = Numbering(["x", "y", "x", "z", "y"])
        #expect(numbering.sharing([0, 1], [2, 3]) == [0, 2])
        #expect(numbering.sharing([1, 0], [4, 2]) == [1, 0, 4, 2])
        #expect(numbering.sharing([0, 2], [1, 3]) == [])
        #expect(numbering.sharing([], [1]) == [])
    }

    @Test func identitiesShareOnlyThemselves() {
        #expect(Numbering(identitiesOf: 4).sharing([0, 1, 3], [3, 2]) == [3, 3])
    }

    @Test func knowsWhetherClipsWithOneKeyAgree() {
        let numbering = Numbering(["x", "y", "x", "y"])
        #expect(numbering.agree { $0 % 2 })
        #expect(!numbering.agree { $0 / 2 })
        #expect(!numbering.agree { $0 == 3 ? 1 : 0 })
    }
}
