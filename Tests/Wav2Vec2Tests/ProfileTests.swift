import Testing

@testable import Wav2Vec2

@Suite struct ProfileTests {
    @Test func partsAddUpUnderTheirNames() {
        var profile = Profile()
        profile.add(1, to: .attention)
        profile.add(2, to: .convolution(0))
        var other = Profile()
        other.add(4, to: .attention)
        profile.add(other)
        #expect(profile.parts.map(\.part) == [.attention, .convolution(0)])
        #expect(profile.parts.map(\.seconds) == [5, 2])
        #expect(profile.parts.map(\.part.name) == ["attention", "convolution 0"])
    }

    @Test func timeIsNotedOnlyWhereAProfileIsKept() {
        let workspace = Workspace()
        #expect(workspace.measure(.norms) { 3 } == 3)
        #expect(workspace.profile == nil)
        workspace.profile = Profile()
        #expect(workspace.measure(.norms) { 4 } == 4)
        #expect(workspace.profile?.parts.count == 1)
        #expect(workspace.profile?.parts.first.map { $0.seconds >= 0 } ?? false)
    }
}
