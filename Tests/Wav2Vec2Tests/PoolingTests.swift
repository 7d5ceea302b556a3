import Kernels
import Testing

@testable import Wav2Vec2

@Suite struct PoolingTests {
    @Test func statesAreMeansOverFramesLayerByLayer() throws {
        var pooling = Pooling()
        try pooling.add(Matrix(FloatBuffer([1, 2, 3, 6]), rows: 2, columns: 2))
        try pooling.add(Matrix(FloatBuffer([0, 1, 0, 0]), rows: 2, columns: 2))
        let pooled = pooling.pooled(frames: 2, hidden: 2)
        #expect(pooled.layers == 2)
        #expect(pooled.values == [2, 4, 0, 0.5])
    }

    @Test func theLayerThatOverflowsIsNamed() throws {
        var pooling = Pooling()
        try pooling.add(Matrix(rows: 1, columns: 2))
        #expect(throws: EncoderError.nonFiniteState(layer: 1)) {
            try pooling.add(Matrix(FloatBuffer([1, .infinity]), rows: 1, columns: 2))
        }
    }

    @Test func aMeanOfWindowsIsWeightedByTheirFrames() {
        var mean = WindowMean()
        #expect(mean.pooled == nil)
        mean.add(PooledStates(frames: 1, layers: 2, hidden: 1, values: [1, 8]))
        mean.add(PooledStates(frames: 3, layers: 2, hidden: 1, values: [5, 0]))
        #expect(mean.pooled == PooledStates(frames: 4, layers: 2, hidden: 1, values: [4, 2]))
    }

    @Test func oneWindowKeepsItsBits() {
        var mean = WindowMean()
        let states = PooledStates(frames: 3, layers: 1, hidden: 3, values: [0.1, 1e-30, -0.3])
        mean.add(states)
        #expect(mean.pooled == states)
    }
}
