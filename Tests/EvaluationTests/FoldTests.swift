import Evaluation
import Testing

@Suite struct FoldTests {
    @Test func itsPartsAreThoseThatItWasGiven() {
        let fold = Fold(name: "f", train: [0, 3, 2_147_483_647], validation: [1], test: [2])
        #expect(fold.train == [0, 3, 2_147_483_647] && fold.validation == [1] && fold.test == [2])
        #expect(Fold(name: "f", train: [0], test: [1]).validation.isEmpty)
    }

    @Test func anotherNameOrPartMakesAnotherFold() {
        let fold = Fold(name: "f", train: [0, 3], validation: [1], test: [2])
        #expect(fold == Fold(name: "f", train: [0, 3], validation: [1], test: [2]))
        #expect(fold != Fold(name: "g", train: [0, 3], validation: [1], test: [2]))
        #expect(fold != Fold(name: "f", train: [0, 1], validation: [3], test: [2]))
    }

    @Test func renumberedItHasTheSameClipsInALongerList() {
        let fold = Fold(name: "f", train: [0, 3], validation: [1], test: [2])
        let renumbered = Fold(name: "f", train: [2, 9], validation: [4], test: [7])
        #expect(fold.renumbered(by: [2, 4, 7, 9]) == renumbered)
    }
}
