import Foundation

/// The chunk that holds a file's samples, as the file's own headers have it.
struct DataChunk: Equatable {
    /// Where the samples begin.
    let start: Int
    /// How many bytes of samples its header announces.
    let declared: Int
    /// How many bytes there are from its start to the file's end.
    let present: Int
    /// Where the file's first header says that the file ends.
    let declaredEnd: Int

    /// Whether its writer could not know the length and left 0, or a huge number, in its place.
    var isOfUnknownLength: Bool {
        let isEmpty = declared == 0 && (declaredEnd <= start || declaredEnd >= lengthOfUnknown)
        return isEmpty || (declared >= lengthOfUnknown && declaredEnd != start + present)
    }

    /// The samples that it announces and the file does not hold.
    var shortage: Shortage? { Shortage(announced: declared, present: present) }
}

extension DataChunk {
    /// Chunks that are looked at, each of which is read on its own: a gigabyte of empty ones would take minutes.
    static let mostChunks = 10_000

    /// Nil for a file of another kind, or without such a chunk.
    ///
    /// - throws: ``AudioError/unreadable(clip:reason:)`` for more chunks before it than ``mostChunks``,
    ///   ``AudioError/readingFailed(clip:reason:)``.
    init?(
        in bytes: AudioBytes, name: String, of containers: [ChunkedContainer] = [.riff]
    ) throws(AudioError) {
        func fields(at place: Int, count: Int) throws(AudioError) -> Data? {
            do {
                return try Self.fields(of: bytes, at: place, count: count)
            } catch {
                throw AudioError.readingFailed(clip: name, error)
            }
        }
        guard let header = try fields(at: 0, count: 12), let container = ChunkedContainer(header: header),
            containers.contains(container)
        else { return nil }
        // RF64 gives the length of its samples in a chunk of its own, for the four bytes hold no more than 4 GiB.
        var (place, longLength) = (12, nil as Int?)
        for _ in 0..<Self.mostChunks {
            guard let chunk = try fields(at: place, count: 8) else { return nil }
            let (start, length) = (place + 8, container.length(in: chunk))
            if chunk.starts(with: Data(container.samples.utf8)) {
                self.init(
                    start: start, declared: length == 0xFFFF_FFFF ? longLength ?? length : length,
                    present: bytes.count - start, declaredEnd: container.length(in: header) + 8)
                return
            }
            if container == .rf64, chunk.starts(with: Data("ds64".utf8)) {
                longLength = try fields(at: start + 8, count: 8).map(Self.longLength)
            }
            place = start + length + length % 2
        }
        throw AudioError.unreadable(clip: name, reason: "more than \(Self.mostChunks) chunks before the samples")
    }

    private static func fields(of bytes: AudioBytes, at place: Int, count: Int) throws(POSIXError) -> Data? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return try bytes.read(into: buffer, at: place) == count ? Data(buffer) : nil
    }

    private static func longLength(_ bytes: Data) -> Int {
        Int(clamping: bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}
