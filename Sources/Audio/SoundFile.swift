import CSndfile
import Foundation

/// One open libsndfile handle over a ``VirtualFile``; used by one thread.
final class SoundFile {
    private let name: String
    private let bytes: VirtualFile
    private let handle: OpaquePointer
    private let info: SF_INFO
    private var block: [Float]
    private var hasEnded = false
    /// How many frames have been read.
    private(set) var framesRead = 0

    /// libsndfile keeps the reason of a failed opening in one place for the whole process.
    private static let opening = NSLock()

    init(_ bytes: VirtualFile, name: String) throws {
        var info = SF_INFO()
        var callbacks = VirtualFile.callbacks
        let userData = Unmanaged.passUnretained(bytes).toOpaque()
        handle = try Self.opening.withLock {
            guard let handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, userData) else {
                throw AudioError.unreadable(clip: name, reason: reasonInWords(sf_strerror(nil)))
            }
            return handle
        }
        self.name = name
        self.bytes = bytes
        self.info = info
        let channels = max(1, Int(info.channels))
        block = [Float](repeating: 0, count: max(1, 65_536 / channels) * channels)
    }

    deinit { sf_close(handle) }

    var sampleRate: Int { Int(info.samplerate) }
    var channels: Int { Int(info.channels) }
    var format: String { audioFormatName(info.format) }

    /// The frames that the header promises; nil for a stream whose writer did not know.
    private var promisedFrames: Int? {
        info.frames == sf_count_t.max ? nil : Int(info.frames)
    }

    /// Refuses rates, channel counts and lengths that no speech clip has, before anything of their size is made.
    func checkPlausibility() throws {
        guard plausibleSampleRates.contains(sampleRate) else {
            throw AudioError.implausibleSampleRate(clip: name, hertz: sampleRate)
        }
        guard plausibleChannels.contains(channels) else {
            throw AudioError.implausibleChannels(clip: name, channels: channels)
        }
        try checkLength(promisedFrames ?? 0)
    }

    /// Refuses a file that ends before its header says: libsndfile itself would quietly decode what is left.
    ///
    /// - parameter bytes: Those of the file.
    func checkDeclaredLengths(in bytes: AudioBytes) throws {
        let remarks = self.log
        let missing = try shortage(inLog: remarks.text) ?? (remarks.isFull ? shortageBehindFullLog(in: bytes) : nil)
        if let missing {
            throw AudioError.cutShort(clip: name, declaredBytes: missing.declared, presentBytes: missing.present)
        }
        if container == SF_FORMAT_OGG && promisedFrames == nil {
            throw AudioError.endMissing(clip: name)
        }
    }

    /// The shortage that libsndfile had no room to note, because the header holds long texts: WAV's and AIFF's chunks are
    /// walked once more; others that may be cut short without a word are refused.
    private func shortageBehindFullLog(in bytes: AudioBytes) throws -> Shortage? {
        // FLAC and Ogg say elsewhere how long they are, and MPEG nowhere.
        guard ![SF_FORMAT_FLAC, SF_FORMAT_OGG, mpegContainer].contains(container) else { return nil }
        guard let chunk = try DataChunk(in: bytes, name: name, of: ChunkedContainer.allCases) else {
            throw AudioError.unreadable(clip: name, reason: "its header is longer than can be checked")
        }
        return chunk.isOfUnknownLength ? nil : chunk.shortage
    }

    private var container: Int { Int(info.format) & SF_FORMAT_TYPEMASK }

    /// The next `wanted` frames as one averaged channel, checked to be finite: fewer at the end of the file, which is checked
    /// to be where it was promised, then none.
    func readMono(_ wanted: Int) throws -> [Float] {
        var samples: [Float] = []
        // A block that is not full is the last one; reading on would make libsndfile forget why.
        while samples.count < wanted && !hasEnded {
            let asked = min(block.count / channels, wanted - samples.count)
            let frames = Int(sf_readf_float(handle, &block, sf_count_t(asked)))
            appendChannelAverages(of: block, frames: frames, channels: channels, to: &samples)
            hasEnded = frames < asked
        }
        if let index = samples.firstIndex(where: { !$0.isFinite }) {
            throw AudioError.notFinite(clip: name, frame: framesRead + index)
        }
        framesRead += samples.count
        try checkLength(framesRead)
        if hasEnded { try checkEnd() }
        return samples
    }

    private func checkLength(_ frames: Int) throws {
        let hours = Double(frames) / Double(sampleRate) / 3600
        guard hours <= longestClip else { throw AudioError.tooLong(clip: name, hours: hours) }
    }

    private func checkEnd() throws {
        if let failure = bytes.failure { throw AudioError.readingFailed(clip: name, failure) }
        let failed = sf_error(handle) != 0
        if failed || framesRead < promisedFrames ?? 0 {
            throw AudioError.decodingStopped(
                clip: name, decodedFrames: framesRead, promisedFrames: promisedFrames,
                reason: failed ? reasonInWords(sf_strerror(handle)) : nil)
        }
        guard framesRead > 0 else { throw AudioError.noFrames(clip: name) }
    }

    /// What libsndfile noted while it parsed the header, and whether it may have noted more than it had room for.
    private var log: (text: String, isFull: Bool) {
        var buffer = [CChar](repeating: 0, count: 16_384)
        let length = Int(sf_command(handle, Int32(SFC_GET_LOG_INFO), &buffer, Int32(buffer.count)))
        let text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return (text, length >= fullLog)
    }
}

/// The bytes of a log of libsndfile that has no room left: its `parselog` takes 2,048 with a zero at the end
/// (src/common.h of 1.2.0, `log_putchar` in src/common.c).
private let fullLog = 2_047

/// Telephone speech has 8 kHz and studio recordings have 192 kHz.
let plausibleSampleRates = 1_000...768_000
let plausibleChannels = 1...32
/// The most hours that a clip may last.
///
/// Memory does not grow with it, but an answer for it is one mean over all of it,
/// and a header that promises more is a mistake.
let longestClip = 24.0

/// libsndfile's sentence as the end of one of ours: no full stop, no leading "Error :".
private func reasonInWords(_ message: UnsafePointer<CChar>?) -> String {
    guard let message else { return "no reason given" }
    let words = String(cString: message).trimmingPrefix("Error : ")
    return String(words.hasSuffix(".") ? words.dropLast() : words)
}
