import Diagnosis
import Foundation
import TestSupport
import Testing

@testable import Checkpoints

/// Reads the fixtures with bytes changed, removed and cut off: each must be read or refused, and never trap.
@Suite struct DamagedCheckpointTests {
    private static let rounds = 1500

    @Test(arguments: [
        "types.safetensors", "types.bin", "types-legacy.bin", "module.safetensors", "module.bin", "module-legacy.bin",
        "views.bin", "views-legacy.bin",
    ])
    func isReadOrRefused(_ name: String) throws {
        let sound = try Data(contentsOf: fixture("checkpoints/\(name)"))
        var random = LinearCongruentialGenerator(state: UInt64(sound.count))
        for _ in 0..<Self.rounds {
            try expectReadOrRefused(random.damaged(sound))
        }
    }

    /// An archive's checksum would hide the pickle's damage from the machine, so that it is made to fit.
    @Test(arguments: ["types.bin", "module.bin", "parameters.bin", "nested.bin", "protocol4.bin"])
    func isReadOrRefusedWithADamagedPickle(_ name: String) throws {
        let directory = try ZipDirectory(Data(contentsOf: fixture("checkpoints/\(name)")), file: name)
        let entries = directory.entries.values.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { entry in
            HandmadeArchive.Entry(entry.name, Data(directory.bytes(of: entry)))
        }
        let place = try #require(entries.firstIndex { String(decoding: $0.name, as: UTF8.self).hasSuffix("data.pkl") })
        var random = LinearCongruentialGenerator(state: UInt64(entries[place].bytes.count))
        for _ in 0..<Self.rounds {
            var archive = HandmadeArchive(entries: entries)
            archive.entries[place].bytes = random.damaged(entries[place].bytes)
            try expectReadOrRefused(archive.bytes)
        }
    }

    private func expectReadOrRefused(_ bytes: Data) throws {
        do {
            for tensor in try checkpoint(bytes).tensors.values { _ = try tensor.floats() }
        } catch let error as any DiagnosableError {
            let exit = error.diagnosis.exit
            if exit != .badData { Issue.record("exit \(exit)") }
        }
    }
}

/// Knuth's MMIX generator: enough to pick bytes, and the same everywhere.
private struct LinearCongruentialGenerator {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    /// One to four changes: a bit or a byte replaced, bytes removed, bytes put in, or the end cut off.
    mutating func damaged(_ sound: Data) -> Data {
        var bytes = sound
        for _ in 0...next(below: 4) where !bytes.isEmpty {
            let place = next(below: bytes.count)
            switch next(below: 8) {
            case 0...2: bytes[place] ^= 1 << UInt8(next(below: 8))
            case 3...4: bytes[place] = UInt8(next(below: 256))
            case 5: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(below: 8)))
            case 6:
                bytes.insert(
                    contentsOf: [UInt8](repeating: UInt8(next(below: 256)), count: 1 + next(below: 8)), at: place)
            default: bytes = bytes.prefix(place)
            }
        }
        return bytes
    }
}
