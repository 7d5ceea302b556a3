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
        guard let chunk = try DataChunk(in: bytes, name: name), chunk.isOfUnknownLength, chunk.present > 0 else {
            return nil
        }
        guard let length = UInt32(exactly: chunk.present) else {
            throw AudioError.unreadable(clip: name, reason: "a WAV file of over 4 GiB whose header gives no length")
        }
        self.init(offset: chunk.start - 4, length: length)
    }
}
