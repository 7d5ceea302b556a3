import Foundation

/// Arrays by name in NumPy's `.npz` form, for `numpy.load` without pickle.
///
/// Float32, int64 and fixed-width text, in row-major order (`numpy/lib/format.py`, version 1.0). The same arrays,
/// added in the same order, give the same bytes.
public struct NumPyArchive: Sendable {
    /// The zip format without its 64-bit extension counts bytes in 32 bits.
    private static let maximumByteCount = Int(UInt32.max)

    private var archive = StoredZip()
    private var names: Set<String> = []

    /// An archive without arrays.
    public init() {}

    /// Adds an array of `'<f4'` with the values in row-major order; the name must be new.
    public mutating func add(_ name: String, _ values: [Float], shape: [Int]) {
        check(name, count: values.count, shape: shape)
        add(name, type: "<f4", shape: shape, Data(littleEndian: values))
    }

    /// Adds an array of `'<i8'` with the values in row-major order; the name must be new.
    public mutating func add(_ name: String, _ values: [Int64], shape: [Int]) {
        check(name, count: values.count, shape: shape)
        add(name, type: "<i8", shape: shape, Data(littleEndian: values))
    }

    /// Adds a one-dimensional array of `'<U…'`, as wide as its longest string has Unicode scalars; the name must be new.
    ///
    /// NumPy takes zeros at the end of a string for padding, so a string that ends in U+0000 is read back without them.
    public mutating func add(_ name: String, _ values: [String]) {
        check(name, count: values.count, shape: [values.count])
        let scalars = values.map { $0.unicodeScalars.map(\.value) }
        let width = max(1, scalars.map(\.count).max() ?? 0)
        let padded = scalars.flatMap { $0 + [UInt32](repeating: 0, count: width - $0.count) }
        add(name, type: "<U\(width)", shape: [values.count], Data(littleEndian: padded))
    }

    /// Writes the archive beside `file` and puts it in its place.
    ///
    /// Throws `CheckpointError.archiveTooLarge` above 4 GiB, `.cannotCreate` or `.cannotWrite`; `file` is then as it was
    /// before.
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

    private mutating func check(_ name: String, count: Int, shape: [Int]) {
        precondition(names.insert(name).inserted, "NumPyArchive: '\(name)' was added before")
        precondition(
            shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count,
            "NumPyArchive: '\(name)' of shape \(shape) was given \(count) values")
    }

    private mutating func add(_ name: String, type: String, shape: [Int], _ bytes: Data) {
        archive.add("\(name).npy", [Self.header(type: type, shape: shape), bytes])
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
