import Testing

@testable import SpeechEmotion

@Suite struct TaskMemoryTests {
    // 256 + 2 × 361 + 200 × 2, and twice 55 more: wav2vec2-base's weights and the 1440 clips of RAVDESS.
    @Test func growsWithWeightsWorkersAndClips() {
        let memory = TaskMemory(weights: 377_700_000, states: 1_440 * 13 * 768 * 4)
        #expect(memory.embedding(workers: 2) == "1378M")
        #expect(memory.embedding(workers: 4) == "1778M")
        #expect(memory.training(workers: 2) == "1488M")
    }
}
