import Foundation
import TestSupport
import Testing
import Wav2Vec2

@Suite struct PreprocessingTests {
    @Test func theFileDecidesRateAndNormalisation() throws {
        let settings: [String: Any?] = ["sampling_rate": 8000, "do_normalize": false]
        try withCheckpoint(settings: settings, file: "preprocessor_config.json") { directory in
            let found = try Encoder(directory: directory).preprocessing
            #expect(found.sampleRate == 8000 && !found.normalizes)
        }
    }

    @Test func absentKeysTakeTheDefaultsOfTransformers() throws {
        let settings: [String: Any?] = ["sampling_rate": nil, "do_normalize": nil, "feature_extractor_type": nil]
        try withCheckpoint(settings: settings, file: "preprocessor_config.json") { directory in
            let file = directory.appendingPathComponent("preprocessor_config.json")
            let found = try Preprocessing(contentsOf: file)
            #expect(found == .base)
        }
    }

    @Test func aMissingFileIsNamed() throws {
        try withCheckpoint { directory in
            let file = directory.appendingPathComponent("preprocessor_config.json")
            try FileManager.default.removeItem(at: file)
            expectDiagnosis(
                """
                a file of the encoder's checkpoint is missing
                  where:    \(file.path)
                  expected: config.json, preprocessor_config.json and the weights in one directory
                  try:      check the encoder's path, or download the file into it
                """, exit: .missingInput
            ) { try Encoder(directory: directory) }
        }
    }

    @Test func anotherExtractorIsRefused() throws {
        let settings: [String: Any?] = ["feature_extractor_type": "WhisperFeatureExtractor"]
        try withCheckpoint(settings: settings, file: "preprocessor_config.json") { directory in
            expectDiagnosis(
                """
                the encoder asks for something that Timbre does not compute
                  where:    \(directory.path)/preprocessor_config.json, key 'feature_extractor_type'
                  found:    "WhisperFeatureExtractor"
                  expected: "Wav2Vec2FeatureExtractor"
                  try:      use a wav2vec 2.0 or HuBERT checkpoint without it
                """, exit: .badData
            ) { try Encoder(directory: directory) }
        }
    }

    @Test func preparedSamplesHaveNoMeanAndUnitVariance() {
        let prepared = Preprocessing.base.prepared(floatNoise(5000).map { 0.01 * $0 + 0.4 })
        let mean = prepared.reduce(0.0) { $0 + Double($1) } / 5000
        let variance = prepared.reduce(0.0) { $0 + Double($1) * Double($1) } / 5000
        #expect(abs(mean) < 1e-6)
        // The samples' own variance is about 2e-6, so that the 1e-7 beneath the root shows.
        #expect(variance > 0.9 && variance < 0.99)
    }

    @Test func silenceStaysSilent() {
        #expect(Preprocessing.base.prepared([0.25, 0.25, 0.25]) == [0, 0, 0])
        #expect(Preprocessing.base.prepared([]).isEmpty)
    }

    @Test func withoutNormalisationSamplesStayAsTheyAre() {
        var preprocessing = Preprocessing.base
        preprocessing.normalizes = false
        #expect(preprocessing.prepared([1, 2, 4]) == [1, 2, 4])
    }
}
