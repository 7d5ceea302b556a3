// swift-tools-version: 6.0
import PackageDescription

/// A Swift room: a target under `Sources/` and its mirror under `Tests/`.
func room(_ name: String, imports: [Target.Dependency] = [], resources: [Resource] = []) -> [Target] {
    [
        .target(name: name, dependencies: imports, resources: resources),
        .testTarget(
            name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + imports,
            path: "Tests/\(name)Tests"),
    ]
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let libraries: [Target] = [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Compiled with libcurl's headers (libcurl4-openssl-dev), and not linked with it: see ccurl.c.
    .target(name: "CCurl"),
    // -O3 unrolls the loops that AdamW and the norms spend their time in.
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
]

let rooms: [Target] =
    room("Diagnosis")
    + room("Randomness")
    + room("Drafts")
    + room("Kernels", imports: ["COpenBLAS", "CKernels"])
    + room("Checkpoints", imports: ["Diagnosis", "Drafts"])
    + room("Downloads", imports: ["CCurl", "Diagnosis", crypto])
    + room("Unpacking", imports: ["CZlib", "Checkpoints", "Diagnosis"])
    + room("Audio", imports: ["CSndfile", "CSoxr", "Diagnosis"])
    + room("Wav2Vec2", imports: ["Kernels", "Checkpoints", "Diagnosis", "Drafts", "Randomness"])
    + room("FeatureStore", imports: ["Diagnosis", "Drafts", grdb, crypto])
    + room("EmotionHead", imports: ["Kernels", "Checkpoints", "Diagnosis", "Randomness", crypto])
    + room("Evaluation", imports: ["Diagnosis", "Randomness"])
    + room("Drawing", imports: ["Diagnosis"])
    + room(
        "Documents", imports: ["Diagnosis", "Drawing", crypto],
        resources: [.embedInCode("page.css"), .embedInCode("page.js")])
    + room("Reports", imports: ["Diagnosis", "Documents", "Drawing", "Evaluation"])
    + room("Pipeline", imports: ["Diagnosis", yams, crypto])
    + room(
        "SpeechEmotion",
        imports: [
            "Audio", "Checkpoints", "Diagnosis", "Documents", "Downloads", "Drafts", "Drawing", "EmotionHead",
            "Evaluation",
            "FeatureStore",
            "Kernels", "Pipeline",
            "Randomness", "Reports", "Unpacking", "Wav2Vec2",
        ])

/// Readers of untrusted bytes, and a program that gives each of them mutated ones (see `Tests/Fuzz`).
let fuzzing: [Target] = [
    .target(name: "CFuzzWatch", path: "Tests/Fuzz/Watch", publicHeadersPath: "include"),
    .target(
        name: "FuzzTargets",
        dependencies: [
            "Audio", "CFuzzWatch", "Checkpoints", "Diagnosis", "Documents", "EmotionHead", "Evaluation",
            "SpeechEmotion", "Unpacking", "Wav2Vec2",
        ],
        path: "Tests/Fuzz/Targets"),
    .executableTarget(name: "fuzz-smoke", dependencies: ["FuzzTargets", "Randomness"], path: "Tests/Fuzz/Smoke"),
]

/// libFuzzer brings the `main` of this one, so that it links in `Tests/Fuzz/run` alone.
let fuzzer: [Target] =
    Context.environment["TIMBRE_FUZZ"] == nil
    ? [] : [.executableTarget(name: "fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Entry")]

let package = Package(
    name: "timbre",
    products: [.executable(name: "timbre", targets: ["timbre"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: libraries + rooms + fuzzing + fuzzer + [
        .executableTarget(
            name: "timbre", dependencies: ["Diagnosis", "Evaluation", "Kernels", "SpeechEmotion", argumentParser]),
        .target(name: "TestSupport", dependencies: ["Checkpoints", "Diagnosis"], path: "Tests/TestSupport"),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Checkpoints", "Diagnosis", "Downloads", "Drafts", "EmotionHead", "FeatureStore", "Kernels",
                "Randomness", "Reports", "SpeechEmotion", "TestSupport", "Wav2Vec2", "fuzz-smoke", "timbre", grdb,
            ],
            path: "Tests/EndToEndTests"),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
