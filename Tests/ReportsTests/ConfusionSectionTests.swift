import Documents
import Testing

@testable import Reports

@Suite struct ConfusionSectionTests {
    private let answers = [(0, 0), (0, 1), (0, 1), (1, 2), (2, 2), (1, 1)]

    @Test func aClaimIsSetBesideWhatIsConfusedMost() {
        let text = text(claims: [ClaimedConfusion("z", "y"), ClaimedConfusion("x", "z")])
        #expect(text.contains("- 2 of 3 x clips were taken for y (66.7 %)."))
        #expect(
            text.contains(
                "Said elsewhere to be confused most: z ↔ y and x ↔ z. Here, counted both ways, "
                    + "y ↔ z is 2nd of 3 pairs (1 of 3 clips, 33.3 %); x ↔ z does not occur. "
                    + "The 2 pairs confused most are x ↔ y (2) and y ↔ z (1)."))
    }

    @Test func aClaimAboutOtherClassesIsNamedAsOne() {
        let text = text(claims: [ClaimedConfusion("x", "calm")])
        #expect(text.contains("x ↔ calm are not both classes. The pair confused most is x ↔ y (2)."))
    }

    @Test func withoutClaimsNothingIsSaidOfThem() {
        #expect(!text(claims: []).contains("Said elsewhere"))
    }

    @Test(arguments: [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd"), (113, "113th"),
    ])
    func ordinalsEndAsInEnglish(_ number: Int, _ expected: String) { #expect(ordinal(number) == expected) }

    private func text(claims: [ClaimedConfusion]) -> String {
        let cell = cell("a", classes: ["x", "y", "z"], answers: answers)
        return ConfusionSection(summary: summary(of: cell), claims: claims).blocks.markdown
    }
}
