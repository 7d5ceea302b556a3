import Foundation

/// The length of a WAV file's samples, to be read in the place of what its header says.
///
/// A writer to a pipe cannot go back to its header. ffmpeg leaves 0xFFFFFFFF there, sox and espeak-ng 0x7FFFF000 or a
/// little more, others 0; then the samples go on to the end of the file. Of these, libsndfile takes 0 for the truth.
struct HeaderPatch: Equatable {
    /// Where the length of the data chunk stands.
    let offset: Int
    /// The number that belongs there.
    let length: UInt32

    /// Replaces those bytes of a piece of the file, read from `start` on, that the patch covers.
    func apply(to piece: UnsafeMutableRawBufferPointer, at start: Int) {
        for index in 0..<4 where piece.indices.contains(offset + index - start) {
            piece[offset + index - start] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
        }
    }
}

extension HeaderPatch {
    /// Nil for a file whose header is to be believed.
    ///
    /// - throws: ``AudioError/unreadable(clip:reason:)`` when the samples are more than a WAV file's header can say,
    ///   ``AudioError/readingFailed(clip:reason:)``.
    init?(_ bytes: AudioBytes, name: String) throws(AudioError) {
        guard let place = try Self.unknownLength(in: bytes, name: name) else { return nil }
        guard let length = UInt32(exactly: bytes.count - place - 4) else {
            throw AudioError.unreadable(clip: name, reason: "a WAV file of over 4 GiB whose header gives no length")
        }
        self.init(offset: place, length: length)
    }

    /// Chunks that are looked at, each of which is read on its own: a gigabyte of empty ones would take minutes.
    static let mostChunks = 10_000

    /// Where the length of a data chunk stands whose writer did not know it; nil for any other file.
    private static func unknownLength(in bytes: AudioBytes, name: String) throws(AudioError) -> Int? {
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
        let end = number(in: header) + 8
        var place = 12
        for _ in 0..<mostChunks {
            guard let chunk = try fields(at: place, count: 8) else { return nil }
            let length = number(in: chunk)
            if chunk.starts(with: Data("data".utf8)) {
                let isEmpty = length == 0 && (end <= place + 8 || end >= lengthOfUnknown)
                let isUnknown = isEmpty || (length >= lengthOfUnknown && end != bytes.count)
                return isUnknown && bytes.count > place + 8 ? place + 4 : nil
            }
            place += 8 + length + length % 2
        }
        throw AudioError.unreadable(clip: name, reason: "more than \(mostChunks) chunks before the samples")
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
