import Foundation
import TestSupport
import Testing

@testable import Wav2Vec2

@Suite struct EncoderConfigurationTests {
    @Test func aFileGivesItsShapes() throws {
        let configuration = try EncoderConfiguration(contentsOf: fixture("wav2vec2/large/config.json"))
        #expect(configuration.modelType == .wav2vec2)
        #expect(configuration.hiddenSize == 16 && configuration.layers == 2 && configuration.heads == 2)
        #expect(configuration.intermediateSize == 24 && configuration.headSize == 8)
        #expect(configuration.convolutionChannels == [20, 8, 4, 4, 4, 4, 8])
        #expect(configuration.featureNormalization == .layer)
        #expect(configuration.convolutionBias && configuration.normalizesFirst)
        #expect(configuration.positionalTaps == 20 && configuration.positionalGroups == 4)
    }

    @Test func absentKeysTakeTheDefaultsOfTransformers() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("config.json")
            try Data(#"{"model_type": "wav2vec2"}"#.utf8).write(to: file)
            let found = try EncoderConfiguration(contentsOf: file)
            #expect(found == .base)
        }
    }

    @Test func onlyHuBERTMayLeaveTheFeaturesUnnormalised() throws {
        let hubert = try EncoderConfiguration(contentsOf: fixture("wav2vec2/hubert/config.json"))
        #expect(!hubert.normalizesFeatures)
        let ignored = try withCheckpoint(settings: ["feat_proj_layer_norm": false]) {
            try EncoderConfiguration(contentsOf: $0.appendingPathComponent("config.json"))
        }
        #expect(ignored.normalizesFeatures)
    }

    @Test func theShortestClipFollowsFromTheConvolutions() {
        #expect(EncoderConfiguration.base.minimumSamples == 400)
        var one = EncoderConfiguration.base
        one.convolutionTaps = [10]
        one.convolutionStrides = [5]
        #expect(one.minimumSamples == 10)
    }

    static let refusals: [(key: String, value: any Sendable, found: String, expected: String)] = [
        ("model_type", "wavlm", "\"wavlm\"", "\"wav2vec2\" or \"hubert\""),
        ("hidden_act", "relu", "\"relu\"", "\"gelu\""),
        ("feat_extract_activation", "gelu_new", "\"gelu_new\"", "\"gelu\""),
        ("feat_extract_norm", "batch", "\"batch\"", "\"group\" or \"layer\""),
        ("add_adapter", true, "true", "false"),
        ("adapter_attn_dim", 16, "16", "null"),
        ("conv_pos_batch_norm", true, "true", "false"),
        ("position_embeddings_type", "rotary", "\"rotary\"", "null"),
        ("quantization_config", ["bits": 8], "an object of 1 keys", "null"),
    ]

    @Test(arguments: refusals.indices) func whatIsNotImplementedIsRefusedByName(_ index: Int) throws {
        let refusal = Self.refusals[index]
        try withCheckpoint(settings: [refusal.key: refusal.value]) { directory in
            expectDiagnosis(
                """
                the encoder asks for something that Timbre does not compute
                  where:    \(directory.path)/config.json, key '\(refusal.key)'
                  found:    \(refusal.found)
                  expected: \(refusal.expected)
                  try:      use a wav2vec 2.0 or HuBERT checkpoint without it
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    static let impossible: [(key: String, value: (any Sendable)?, found: String, expected: String)] = [
        ("model_type", nil, "no such key", "\"wav2vec2\" or \"hubert\""),
        ("model_type", 3, "3", "\"wav2vec2\" or \"hubert\""),
        ("hidden_size", 0, "0", "a whole number from 1 to 65536"),
        ("hidden_size", "16", "\"16\"", "a whole number from 1 to 65536"),
        ("num_hidden_layers", 2.5, "2.5", "a whole number from 1 to 1024"),
        ("intermediate_size", 1e300, "1e+300", "a whole number from 1 to 262144"),
        ("num_attention_heads", 3, "3", "a divisor of hidden_size, which is 16"),
        ("num_conv_pos_embedding_groups", 5, "5", "a divisor of hidden_size, which is 16"),
        ("num_conv_pos_embeddings", -1, "-1", "a whole number from 1 to 4096"),
        ("conv_dim", [Int](), "[]", "1 to 32 convolutions"),
        ("conv_dim", 512, "512", "a list of whole numbers from 1 to 65536"),
        ("conv_kernel", [10, 3], "[10, 3]", "7 numbers, as many as conv_dim has"),
        ("conv_stride", [5, 2, 2, 2, 2, 2], "[5, 2, 2, 2, 2, 2]", "7 numbers, as many as conv_dim has"),
        ("conv_stride", [5, 2, 0, 2, 2, 2, 2], "[5, 2, 0, 2, 2, 2, 2]", "a list of whole numbers from 1 to 1024"),
        (
            "conv_stride", [999, 999, 999, 1, 1, 1, 1], "[999, 999, 999, 1, 1, 1, 1]",
            "a product of at most 1000000 samples a frame"
        ),
        ("layer_norm_eps", 0, "0", "a number above 0 and below 1"),
        ("do_stable_layer_norm", "yes", "\"yes\"", "true or false"),
        ("conv_bias", 1, "1", "true or false"),
    ]

    @Test(arguments: impossible.indices) func anImpossibleValueIsNamed(_ index: Int) throws {
        let value = Self.impossible[index]
        try withCheckpoint(settings: [value.key: value.value]) { directory in
            expectDiagnosis(
                """
                the encoder's configuration has an impossible value
                  where:    \(directory.path)/config.json, key '\(value.key)'
                  found:    \(value.found)
                  expected: \(value.expected)
                  try:      correct the key, or download the file again
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    @Test(arguments: [
        ("", "an empty file"), ("[1]", "3 bytes that are not a JSON object"),
        ("{", "1 bytes that are not a JSON object"),
    ])
    func aMalformedFileIsNamed(_ text: String, _ found: String) throws {
        try withCheckpoint { directory in
            try Data(text.utf8).write(to: directory.appendingPathComponent("config.json"))
            expectDiagnosis(
                """
                a file of the encoder's checkpoint is malformed
                  where:    \(directory.path)/config.json
                  found:    \(found)
                  expected: a JSON object
                  try:      download the checkpoint's files again into one directory
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    @Test(arguments: [
        (["conv_stride": [1, 1, 1, 1, 1, 1, 1]], "conv_stride", "16000 frames a second of samples at 16000 Hz"),
        (["conv_dim": [20, 8, 40_000, 4, 4, 4, 8]], "conv_dim", "40000 channels at 800 frames a second"),
    ]) func settingsThatWouldFillMemoryAreRefused(_ settings: [String: [Int]], _ key: String, _ found: String) throws {
        let expected =
            key == "conv_dim"
            ? "channels that give at most 16000000 numbers a second" : "strides that leave at most 1000"
        try expectRefusal(of: settings, key: key, found: found, expected: expected)
    }

    @Test(arguments: [
        // A window of the first convolution, and one of a further convolution, that is far longer than its step.
        (
            ["conv_kernel": [1024, 3, 3, 3, 3, 2, 2], "conv_stride": [1, 10, 2, 2, 2, 2, 2]],
            "1024 taps in convolution 0, for which 16798187520 multiplications a second are made",
            "taps for which at most 200000000 are made"
        ),
        (
            ["conv_kernel": [10, 1024, 3, 3, 3, 2, 2], "conv_dim": [4096, 4096, 4, 4, 4, 4, 8]],
            "1024 taps in convolution 1, for which 27487790694400 multiplications a second are made",
            "taps for which at most 20000000000 are made"
        ),
    ]) func settingsThatWouldTakeHoursAreRefused(_ settings: [String: [Int]], _ found: String, _ expected: String)
        throws
    {
        try expectRefusal(of: settings, key: "conv_kernel", found: found, expected: expected)
    }

    private func expectRefusal(of settings: [String: [Int]], key: String, found: String, expected: String) throws {
        try withCheckpoint(settings: settings) { directory in
            expectDiagnosis(
                """
                the encoder's configuration has an impossible value
                  where:    \(directory.path)/config.json, key '\(key)'
                  found:    \(found)
                  expected: \(expected)
                  try:      correct the key, or download the file again
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    /// Also at any rate at which the numbers that they give are few enough.
    @Test(arguments: [1_000, 16_000, 48_000, 156_000]) func publishedShapesAreNotTooMuch(_ rate: Int) throws {
        var large = EncoderConfiguration.base
        (large.featureNormalization, large.convolutionBias, large.normalizesFirst) = (.layer, true, true)
        for var configuration in [.base, large, .tiny] as [EncoderConfiguration] {
            try configuration.checkPace(at: rate, file: URL(fileURLWithPath: "config.json"))
            // Moments are those of a group norm, and no other norm takes any.
            configuration.featureNormalization = .layer
            configuration.convolutionTaps[0] = 200
            try configuration.checkPace(at: rate, file: URL(fileURLWithPath: "config.json"))
        }
    }

    @Test func aFileThatNestsTooDeepIsRefused() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("config.json")
            let deep = String(repeating: "[", count: 64) + "1" + String(repeating: "]", count: 64)
            try Data("{\"model_type\": \"wav2vec2\", \"a\": \(deep)}".utf8).write(to: file)
            expectDiagnosis(
                """
                a file of the encoder's checkpoint nests too deep
                  where:    \(file.path)
                  found:    lists and objects more than 64 deep
                  expected: at most 64 levels
                  try:      download the checkpoint's files again into one directory
                """, exit: .badData
            ) { try EncoderConfiguration(contentsOf: file) }
        }
    }

    @Test func aDirectoryInTheFilesPlaceIsNamed() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("config.json")
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            expectDiagnosis(
                """
                cannot read a file of the encoder's checkpoint
                  where:    \(file.path)
                  expected: a JSON file of at most 1 MiB
                  try:      give a file that this user may read
                """, exit: .missingInput
            ) { try EncoderConfiguration(contentsOf: file) }
        }
    }
}
