/// Float32 storage that several matrices may view: 64-byte aligned, zeroed, freed with its last reference.
///
/// Sharing one between threads is safe for reading; writers keep to regions of their own, which the callers arrange by
/// giving each worker its own buffers.
public final class FloatBuffer: @unchecked Sendable {
    /// How many numbers it holds.
    public let count: Int
    let base: UnsafeMutablePointer<Float>

    /// Storage for `count` numbers, all zero.
    public convenience init(count: Int) {
        self.init(uninitializedCount: count)
        base.initialize(repeating: 0, count: count)
    }

    /// Storage that starts as a copy of `values`.
    public convenience init(_ values: [Float]) {
        self.init(uninitializedCount: values.count)
        values.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            base.initialize(from: first, count: values.count)
        }
    }

    /// Storage that its maker must write before anything reads it.
    init(uninitializedCount count: Int) {
        precondition(count >= 0, "FloatBuffer needs a count of at least 0, found \(count)")
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// One number; an index outside the storage traps.
    public subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "index \(index) is outside a buffer of \(count)")
            return base[index]
        }
        set {
            precondition(index >= 0 && index < count, "index \(index) is outside a buffer of \(count)")
            base[index] = newValue
        }
    }
}
