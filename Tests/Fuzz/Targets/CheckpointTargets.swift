import Checkpoints
import Foundation

extension FuzzTargets {
    /// Weights in their three forms; a pickle alone, whose bytes no checksum guards; the names that a pickle asks for.
    static let checkpoints = [
        FuzzTarget("safetensors", multiple: 32) { try readTensors($0) },
        FuzzTarget("torch-zip", multiple: 128) { try readTensors($0) },
        FuzzTarget("torch-legacy", multiple: 128) { try readTensors($0) },
        FuzzTarget("pickle", multiple: 128) { try readTensors(legacyStart + $0) },
        FuzzTarget("pickle-name", longest: 256) { try checkName($0) },
    ]

    /// Reads every tensor as an encoder would, those that hold no floating-point values aside.
    private static func readTensors(_ bytes: Data) throws {
        let checkpoint = try Checkpoint(contentsOf: Scratch.file("checkpoint", bytes))
        for tensor in checkpoint.tensors.values {
            guard let values = try? tensor.floats() else { continue }
            FuzzTarget.expect(values.count == tensor.elementCount, "\(tensor.name) has \(values.count) values")
        }
    }

    /// The legacy form up to its fourth pickle: magic number, protocol version, facts about the writer's machine.
    private static let legacyStart = Data(
        [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]
            + [0x80, 2, 0x4d, 0xe9, 0x03, 0x2e, 0x80, 2, 0x7d, 0x2e])

    /// A pickle that asks for the name in two lines is refused by this name, unless a state dictionary needs it.
    private static func checkName(_ bytes: Data) throws {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, !lines[1].contains(UInt8(ascii: "\n")),
            let module = String(validating: lines[0], as: UTF8.self),
            let name = String(validating: lines[1], as: UTF8.self)
        else { return }
        do {
            try readTensors(legacyStart + Data("c\(module)\n\(name)\n.".utf8))
        } catch CheckpointError.pickle(_, _, .forbiddenGlobal(module, name)) where !isAllowed(module, name) {
        } catch CheckpointError.stateDictionary(_, .notADictionary) where isAllowed(module, name) {
        } catch {
            fatalError("\(module).\(name): \(error)")
        }
    }

    private static func isAllowed(_ module: String, _ name: String) -> Bool {
        switch module {
        case "collections": name == "OrderedDict"
        case "torch._utils": ["_rebuild_tensor_v2", "_rebuild_parameter"].contains(name)
        case "torch.storage": name == "UntypedStorage"
        case "torch":
            name == "Size"
                || ["Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"].contains {
                    name == "\($0)Storage"
                }
        default: false
        }
    }
}
