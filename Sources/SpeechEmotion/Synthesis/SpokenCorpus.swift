import Diagnosis
import Foundation

/// A RAVDESS-shaped corpus spoken by espeak-ng: the demo's stand-in for recordings that may not be distributed.
struct SpokenCorpus {
    /// Where `Actor_01` … `Actor_24` are written.
    let directory: URL
    let seed: UInt64

    /// Part of the synthesize stage's key: raised when the same seed would speak other clips.
    static let resultVersion = 1

    /// The statements of RAVDESS, by number.
    private static let statements = ["Kids are talking by the door", "Dogs are sitting by the door"]

    /// Speaks all 1440 clips, `jobs` at a time; `onClip` is called after each, from any thread.
    func speak(jobs: Int, onClip: @Sendable () -> Void) throws {
        let names = RavdessName.all
        for actor in Set(names.map(\.speaker)) {
            try FileManager.default.createDirectory(
                at: directory.appendingPathComponent("Actor_\(actor)"), withIntermediateDirectories: true)
        }
        try onWorkers(jobs, over: names, makeTool: {}) { name, _ in
            try speak(name)
            onClip()
        }
    }

    private func speak(_ name: RavdessName) throws {
        let output = directory.appendingPathComponent(name.path)
        let espeak = Process()
        espeak.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        espeak.arguments =
            ["espeak-ng"] + Self.arguments(for: name, seed: seed) + [
                "-w", output.path, Self.speech(for: name, seed: seed),
            ]
        espeak.standardOutput = FileHandle.nullDevice
        espeak.standardError = FileHandle.nullDevice
        do {
            try espeak.run()
        } catch {
            throw SynthesisError.synthesizerMissing(reason: error.localizedDescription)
        }
        espeak.waitUntilExit()
        let size = (try? FileManager.default.attributesOfItem(atPath: output.path)[.size] as? Int) ?? 0
        // `env` exits with 127 when it finds no such program.
        guard espeak.terminationStatus != 127 else {
            throw SynthesisError.synthesizerMissing(reason: "no program of that name on the PATH")
        }
        // espeak-ng exits with 0 for some voices that it does not have; an empty recording tells.
        guard espeak.terminationStatus == 0, size > 1000 else {
            throw SynthesisError.notSpoken(
                clip: name.path, voice: SyntheticSpeaker(actor: name.actor, seed: seed).voice,
                status: espeak.terminationStatus)
        }
    }

    private static func arguments(for name: RavdessName, seed: UInt64) -> [String] {
        let speaker = SyntheticSpeaker(actor: name.actor, seed: seed)
        let prosody = Prosody.of(name, speaker: speaker, seed: seed)
        return [
            "-z", "-m", "-v", speaker.voice, "-p", "\(Int(prosody.pitch.rounded()))", "-s",
            "\(Int(prosody.rate.rounded()))", "-a",
            "\(Int(prosody.amplitude.rounded()))",
        ]
    }

    /// The statement in the mark-up that sets the pitch range, for which espeak-ng has no flag.
    ///
    /// Without a `speak` element around it, `-z` leaves out the pause at the end, which nobody needs to embed.
    private static func speech(for name: RavdessName, seed: UInt64) -> String {
        let prosody = Prosody.of(name, speaker: SyntheticSpeaker(actor: name.actor, seed: seed), seed: seed)
        let range = Int(prosody.range.rounded())
        return "<prosody range=\"\(range)%\">\(statements[name.statement - 1])</prosody>"
    }
}
