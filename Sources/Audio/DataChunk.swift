import Foundation

/// The chunk of a RIFF/WAVE file that holds its samples, as the file's own headers have it.
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

    /// Nil for a file that is no RIFF/WAVE, or that has no such chunk.
    ///
    /// - throws: ``AudioError/unreadable(clip:reason:)`` for more chunks before it than ``mostChunks``,
    ///   ``AudioError/readingFailed(clip:reason:)``.
    init?(in bytes: AudioBytes, name: String) throws(AudioError) {
        func fields(at place: Int, count: Int) throws(AudioError) -> Data? {
            do {
                return try Self.fields(of: bytes, at: place, count: count)
            } catch {
                throw AudioError.readingFailed(clip: name, error)
            }
        }
        guard let header = try fields(at: 0, count: 12), header.starts(with: Data("RIFF".utf8)),
            header.suffix(4) == Data("WAVE".utf8)
        else { return nil }
        var place = 12
        for _ in 0..<Self.mostChunks {
            guard let chunk = try fields(at: place, count: 8) else { return nil }
            let (start, length) = (place + 8, Self.number(in: chunk))
            if chunk.starts(with: Data("data".utf8)) {
                self.init(
                    start: start, declared: length, present: bytes.count - start,
                    declaredEnd: Self.number(in: header) + 8)
                return
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

    /// The little-endian length behind a chunk's name.
    private static func number(in chunk: Data) -> Int {
        chunk.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
