import Dispatch
import Synchronization
import Testing

@testable import SpeechEmotion

@Suite struct OrderedOutputTests {
    @Test func eachIsHandedOnOnceThoseBeforeItAreThere() throws {
        let told = Mutex<[String]>([])
        let output = OrderedOutput<String> { text in told.withLock { $0.append(text) } }
        try output.put("third", at: 2)
        #expect(told.withLock { $0 } == [])
        try output.put("first", at: 0)
        #expect(told.withLock { $0 } == ["first"])
        try output.put("second", at: 1)
        #expect(told.withLock { $0 } == ["first", "second", "third"])
    }

    @Test func manyWorkersKeepTheOrder() {
        let told = Mutex<[Int]>([])
        let output = OrderedOutput<Int> { number in told.withLock { $0.append(number) } }
        DispatchQueue.concurrentPerform(iterations: 1_000) { index in
            try? output.put(999 - index, at: 999 - index)
        }
        #expect(told.withLock { $0 } == Array(0..<1_000))
    }

    @Test func anErrorOfTheReceiverIsThrown() {
        let output = OrderedOutput<Int> { _ in throw CommandError.noAudio(path: "a") }
        #expect(throws: CommandError.noAudio(path: "a")) { try output.put(1, at: 0) }
    }
}
