import Foundation

/// A tensor that is to be written as float32.
public struct TensorToWrite {
    /// The full dotted key.
    public let name: String
    /// The sizes of the dimensions, outermost first; empty for a scalar.
    public let shape: [Int]
    /// Makes the elements, in row-major order, when they are wanted.
    public let values: () throws -> [Float]

    /// Describes a tensor whose elements `values` makes: as many as the shape's product.
    public init(name: String, shape: [Int], values: @escaping () throws -> [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

/// Writes safetensors files of float32 tensors.
public enum SafetensorsWriter {
    /// Writes the tensors in the order of their names, holding one at a time, and replaces `file` when all are written.
    ///
    /// The same tensors and metadata give the same bytes. The header is padded with spaces so that the data begins at a
    /// multiple of 8 bytes. Names must be distinct and other than `__metadata__`; shapes must be those of the values.
    /// Throws `CheckpointError.cannotCreate` or `.cannotWrite`, or what making a tensor's values throws; `file` is then
    /// as it was before.
    public static func write(_ tensors: [TensorToWrite], metadata: [String: String] = [:], to file: URL) throws {
        let sorted = tensors.sorted { $0.name < $1.name }
        let header = header(of: sorted, metadata: metadata)
        try writeAtomically(to: file) { sink in
            try sink.write(header)
            for tensor in sorted { try sink.write(bytes(of: tensor)) }
        }
    }

    private static func bytes(of tensor: TensorToWrite) throws -> Data {
        let values = try tensor.values()
        let count = tensor.shape.reduce(1, *)
        precondition(
            values.count == count,
            "SafetensorsWriter: '\(tensor.name)' of shape \(tensor.shape) needs \(count) values, got \(values.count)")
        return Data(littleEndian: values)
    }

    private static func header(of tensors: [TensorToWrite], metadata: [String: String]) -> Data {
        let json = Data(json(of: tensors, metadata: metadata).utf8)
        let paddedCount = (json.count + 7) / 8 * 8
        var header = Data()
        header.append(littleEndian: UInt64(paddedCount))
        return header + json + Data(repeating: UInt8(ascii: " "), count: paddedCount - json.count)
    }

    private static func json(of tensors: [TensorToWrite], metadata: [String: String]) -> String {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var names: Set<String> = ["__metadata__"]
        var position = 0
        for tensor in tensors {
            precondition(names.insert(tensor.name).inserted, "SafetensorsWriter: '\(tensor.name)' cannot be used again")
            let end = position + byteCount(of: tensor)
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(position),\(end)]}")
            position = end
        }
        return "{\(members.joined(separator: ","))}"
    }

    private static func byteCount(of tensor: TensorToWrite) -> Int {
        guard tensor.shape.allSatisfy({ $0 >= 0 }), let extent = ElementType.float32.extent(of: tensor.shape) else {
            preconditionFailure("SafetensorsWriter: '\(tensor.name)' has the impossible shape \(tensor.shape)")
        }
        return extent.bytes
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\u{0}"..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
