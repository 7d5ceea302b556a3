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
}
