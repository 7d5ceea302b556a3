import Foundation
import TestSupport
import Testing
import Wav2Vec2

@Suite struct WeightSourceTests {
    @Test func everyTensorThatDoesNotFitIsNamed() throws {
        try withTensors(edited: { tensors in
            tensors["encoder.layer_norm.bias"] = nil
            tensors["encoder.layers.1.attention.q_proj.weight"] = nil
            tensors["feature_projection.projection.bias"] = ([4, 4], [Float](repeating: 0, count: 16))
            tensors["lm_head.weight"] = ([1], [0])
            tensors["encoder.pos_conv_embed.conv.weight_g"] = ([1, 1, 20], [Float](repeating: 1, count: 20))
        }) { directory in
            expectDiagnosis(
                """
                the checkpoint's tensors are not those of its configuration
                  where:    \(directory.path)/model.safetensors
                  found:    encoder.pos_conv_embed.conv.weight_g besides encoder.pos_conv_embed.conv.parametrizations.weight.original0
                            no encoder.layer_norm.bias [16]
                            no encoder.layers.1.attention.q_proj.weight [16, 16]
                            feature_projection.projection.bias [4, 4], not [16]
                            unknown lm_head.weight
                  expected: the tensors that config.json describes
                  try:      put the config.json that belongs to these weights beside them
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    @Test func ofThousandsThatAreMissingTheFirstAreNamed() throws {
        try withCheckpoint(settings: ["num_hidden_layers": 1_024]) { directory in
            do {
                _ = try Encoder(directory: directory)
                Issue.record("an encoder of two layers passes for one of 1024")
            } catch let error as EncoderError {
                let lines = error.diagnosis.description.split(separator: "\n")
                #expect(lines.count == 105)
                #expect(lines[102] == "            and \(16 * 1_022 - 100) more")
            }
        }
    }

    @Test func anotherModelsPrefixIsNotKnown() throws {
        try withTensors(edited: { tensors in
            tensors["hubert.encoder.layer_norm.bias"] = tensors.removeValue(forKey: "encoder.layer_norm.bias")
        }) { directory in
            expectDiagnosis(
                """
                the checkpoint's tensors are not those of its configuration
                  where:    \(directory.path)/model.safetensors
                  found:    no encoder.layer_norm.bias [16]
                            unknown hubert.encoder.layer_norm.bias
                  expected: the tensors that config.json describes
                  try:      put the config.json that belongs to these weights beside them
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    @Test func theMaskEmbeddingMayBeAbsent() throws {
        try withTensors(edited: { $0["masked_spec_embed"] = nil }) { _ = try Encoder(directory: $0) }
    }

    @Test(arguments: [Float.nan, .infinity]) func weightsThatAreNotFiniteAreNamed(_ value: Float) throws {
        let name = "encoder.layers.0.attention.v_proj.weight"
        try withTensors(edited: { $0[name]?.values[77] = value }) { directory in
            expectDiagnosis(
                """
                a tensor of the checkpoint holds numbers that are not finite
                  where:    \(directory.path)/model.safetensors, tensor '\(name)'
                  found:    NaN or infinity at index 77
                  expected: finite weights
                  try:      download the checkpoint's files again into one directory
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }
}
