import Foundation

/// Arrays by name in NumPy's `.npz` form, for `numpy.load` without pickle.
///
/// Float32, int64 and fixed-width text, in row-major order (`numpy/lib/format.py`, version 1.0). The same arrays,
/// added in the same order, give the same bytes. An array may be made piece by piece while the archive is written, so that
/// it is never held as a whole.
public struct NumPyArchive {
    /// Hands the values of an array to `write`, in row-major order and in pieces of any size.
    public typealias Pieces<Number> = (_ write: ([Number]) throws -> Void) throws -> Void

    /// The zip format without its 64-bit extension counts bytes in 32 bits.
    private static let maximumByteCount = Int(UInt32.max)

    private var archive = StoredZip()
    private var names: Set<String> = []

    /// An archive without arrays.
    public init() {}

    /// Adds an array of `'<f4'` with the values in row-major order; the name must be new.
    public mutating func add(_ name: String, _ values: [Float], shape: [Int]) {
        add(name, values, type: "<f4", shape: shape)
    }

    /// Adds an array of `'<i8'` with the values in row-major order; the name must be new.
    public mutating func add(_ name: String, _ values: [Int64], shape: [Int]) {
        add(name, values, type: "<i8", shape: shape)
    }

    /// Adds an array of `'<f4'` that `floats` makes when the archive is written; the name must be new.
    ///
    /// Pieces that together do not have the shape's number of values trap.
    public mutating func add(_ name: String, shape: [Int], floats: @escaping Pieces<Float>) {
        add(name, type: "<f4", shape: shape, pieces: floats)
    }

    /// Adds an array of `'<i8'` that `integers` makes when the archive is written; the name must be new.
    ///
    /// Pieces that together do not have the shape's number of values trap.
    public mutating func add(_ name: String, shape: [Int], integers: @escaping Pieces<Int64>) {
        add(name, type: "<i8", shape: shape, pieces: integers)
    }

    /// Adds a one-dimensional array of `'<U…'`, as wide as its longest string has Unicode scalars; the name must be new.
    ///
    /// NumPy takes zeros at the end of a string for padding, so a string that ends in U+0000 is read back without them.
    public mutating func add(_ name: String, _ values: [String]) {
        let scalars = values.map { $0.unicodeScalars.map(\.value) }
        let width = max(1, scalars.map(\.count).max() ?? 0)
        let padded = scalars.flatMap { $0 + [UInt32](repeating: 0, count: width - $0.count) }
        add(name, type: "<U\(width)", shape: [values.count], width: width) { try $0(padded) }
    }

    /// Writes the archive beside `file` and puts it in its place.
    ///
    /// Throws `CheckpointError.archiveTooLarge` above 4 GiB, before anything is written or made; `.cannotCreate` or
    /// `.cannotWrite`, or what making an array throws. `file` is then as it was before.
    public func write(to file: URL) throws {
        try write(to: file, limit: Self.maximumByteCount)
    }

    func write(to file: URL, limit: Int) throws {
        let byteCount = archive.byteCount
        guard byteCount <= limit else {
            throw CheckpointError.archiveTooLarge(file: file.relativePath, byteCount: byteCount, limit: limit)
        }
        try writeAtomically(to: file) { try archive.write(to: $0) }
    }

    private mutating func add<Number: BitwiseCopyable>(
        _ name: String, _ values: [Number], type: String, shape: [Int]
    ) {
        precondition(
            shape.reduce(1, *) == values.count,
            "NumPyArchive: '\(name)' of shape \(shape) was given \(values.count) values")
        add(name, type: type, shape: shape) { try $0(values) }
    }

    /// - Parameter width: how many numbers an element is made of.
    private mutating func add<Number: BitwiseCopyable>(
        _ name: String, type: String, shape: [Int], width: Int = 1, pieces: @escaping Pieces<Number>
    ) {
        precondition(names.insert(name).inserted, "NumPyArchive: '\(name)' was added before")
        precondition(shape.allSatisfy { $0 >= 0 }, "NumPyArchive: '\(name)' was given the shape \(shape)")
        let header = Self.header(type: type, shape: shape)
        let byteCount = header.count + shape.reduce(width, *) * MemoryLayout<Number>.size
        archive.add("\(name).npy", byteCount: byteCount) { write in
            try write(header)
            try pieces { try write(Data(littleEndian: $0)) }
        }
    }

    /// Magic, version, header length, and a Python dictionary padded so that the data begins at a multiple of 64 bytes.
    private static func header(type: String, shape: [Int]) -> Data {
        let sizes = shape.map { "\($0)," }.joined(separator: " ")
        let tuple = shape.count == 1 ? "(\(sizes))" : "(\(sizes.dropLast()))"
        let dictionary = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(tuple), }"
        let prefixCount = 10
        let total = (prefixCount + dictionary.utf8.count + 1 + 63) / 64 * 64
        let padding = String(repeating: " ", count: total - prefixCount - dictionary.utf8.count - 1)
        var header = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
        header.append(littleEndian: UInt16(total - prefixCount))
        return header + Data("\(dictionary)\(padding)\n".utf8)
    }
}
