import Testing

@testable import Wav2Vec2

@Suite struct WorkspaceTests {
    @Test func aBufferIsReusedForWhateverFitsIntoIt() {
        let workspace = Workspace()
        let first = workspace.matrix(.hidden, rows: 4, columns: 6)
        let second = workspace.matrix(.hidden, rows: 8, columns: 3)
        #expect(first.storage === second.storage)
    }

    @Test func aBufferGrowsForALongerClip() {
        let workspace = Workspace()
        _ = workspace.matrix(.hidden, rows: 2, columns: 2)
        #expect(workspace.matrix(.hidden, rows: 3, columns: 2).storage.count == 6)
    }

    @Test func itsBytesAreThoseOfItsBuffers() {
        let workspace = Workspace()
        #expect(workspace.bytes == 0)
        _ = workspace.matrix(.hidden, rows: 2, columns: 3)
        _ = workspace.matrix(.normalized, rows: 1, columns: 5)
        #expect(workspace.bytes == 44)
        _ = workspace.matrix(.hidden, rows: 4, columns: 3)
        #expect(workspace.bytes == 68)
    }

    @Test func rolesDoNotShareBuffers() {
        let workspace = Workspace()
        #expect(
            workspace.matrix(.hidden, rows: 2, columns: 2).storage
                !== workspace.matrix(.normalized, rows: 2, columns: 2).storage)
    }
}
