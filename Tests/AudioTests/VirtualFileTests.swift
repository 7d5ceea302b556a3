import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct VirtualFileTests {
    @Test func readsFromWhereItWasSoughtTo() {
        withFile([1, 2, 3, 4, 5]) { file in
            #expect(file.seek(3, from: SEEK_SET) == 3)
            #expect(read(10, from: file) == [4, 5])
            #expect(file.seek(-4, from: SEEK_CUR) == 1)
            #expect(read(2, from: file) == [2, 3])
            #expect(file.seek(-1, from: SEEK_END) == 4)
            #expect(read(1, from: file) == [5])
        }
    }

    @Test func thereIsNothingBeyondTheEnd() {
        withFile([1, 2]) { file in
            #expect(file.seek(100, from: SEEK_SET) == 100)
            #expect(read(1, from: file) == [])
            #expect(read(-1, from: file) == [])
        }
    }

    @Test func impossiblePlacesAreRefusedAndLeaveItWhereItWas() {
        withFile([1, 2]) { file in
            #expect(file.seek(1, from: SEEK_SET) == 1)
            #expect(file.seek(-2, from: SEEK_CUR) == -1)
            #expect(file.seek(.max, from: SEEK_CUR) == -1)
            #expect(file.seek(0, from: 99) == -1)
            #expect(read(1, from: file) == [2])
        }
    }

    @Test func anEmptyFileHasNoBytes() {
        withFile([]) { file in
            #expect(file.count == 0)
            #expect(read(1, from: file) == [])
        }
    }

    @Test func aPatchedLengthIsReadInThePlaceOfTheOther() throws {
        var wav = WAVBytes([noise(300)], sampleRate: 16_000)
        let whole = [UInt8](wav.data)
        wav.declaredDataBytes = 0xFFFF_FFFF
        var piped = wav.data
        piped.replaceSubrange(4..<8, with: [255, 255, 255, 255])
        let file = VirtualFile(.memory(piped), patch: try HeaderPatch(.memory(piped), name: "a.wav"))
        for start in 36..<46 {
            #expect(file.seek(start, from: SEEK_SET) == start)
            #expect(read(3, from: file) == Array(whole[start..<start + 3]))
        }
    }

    @Test func aFailureIsRememberedAndReadsNothing() {
        let descriptor = open("/", O_RDONLY)
        defer { close(descriptor) }
        let file = VirtualFile(.file(descriptor: descriptor, count: 10))
        #expect(read(4, from: file) == [])
        #expect(file.failure?.code == .EISDIR)
    }

    private func withFile(_ bytes: [UInt8], _ body: (VirtualFile) -> Void) {
        body(VirtualFile(.memory(Data(bytes))))
    }

    private func read(_ wanted: Int, from file: VirtualFile) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = buffer.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { file.read(into: $0, wanted: wanted) } ?? 0
        }
        return Array(buffer.prefix(count))
    }
}
