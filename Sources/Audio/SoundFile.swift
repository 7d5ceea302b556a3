import CSndfile
import Foundation

/// One open libsndfile handle over a ``MemoryFile``; used by one thread.
final class SoundFile {
    private let name: String
    private let memory: MemoryFile
    private let handle: OpaquePointer
    private let info: SF_INFO

    /// libsndfile keeps the reason of a failed opening in one place for the whole process.
    private static let opening = NSLock()

    init(_ memory: MemoryFile, name: String) throws {
        var info = SF_INFO()
        var callbacks = MemoryFile.callbacks
        let userData = Unmanaged.passUnretained(memory).toOpaque()
        handle = try Self.opening.withLock {
            guard let handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, userData) else {
                throw AudioError.unreadable(clip: name, reason: reasonInWords(sf_strerror(nil)))
            }
            return handle
        }
        self.name = name
        self.memory = memory
        self.info = info
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
        if let promisedFrames, promisedFrames > longestClip {
            throw AudioError.tooLong(clip: name, frames: promisedFrames)
        }
    }

    /// Refuses a file that ends before its header says: libsndfile itself would quietly decode what is left.
    func checkDeclaredLengths() throws {
        if let shortage = shortage(inLog: log) {
            throw AudioError.cutShort(clip: name, declaredBytes: shortage.declared, presentBytes: shortage.present)
        }
        let isOgg = Int(info.format) & SF_FORMAT_TYPEMASK == SF_FORMAT_OGG
        if isOgg && promisedFrames == nil {
            throw AudioError.endMissing(clip: name)
        }
    }

    /// Every frame of the file as one averaged channel; checked to be as many as promised, and finite.
    func readMono() throws -> [Float] {
        let blockFrames = max(1, 65_536 / channels)
        var block = [Float](repeating: 0, count: blockFrames * channels)
        var samples: [Float] = []
        samples.reserveCapacity(min(promisedFrames ?? 0, memory.count))
        var frames = blockFrames
        // A block that is not full is the last one; reading on would make libsndfile forget why.
        while frames == blockFrames {
            frames = Int(sf_readf_float(handle, &block, sf_count_t(blockFrames)))
            appendChannelAverages(of: block, frames: frames, channels: channels, to: &samples)
            guard samples.count <= longestClip else {
                throw AudioError.tooLong(clip: name, frames: samples.count)
            }
        }
        try check(samples)
        return samples
    }

    private func check(_ samples: [Float]) throws {
        let failed = sf_error(handle) != 0
        if failed || samples.count < promisedFrames ?? 0 {
            throw AudioError.decodingStopped(
                clip: name, decodedFrames: samples.count, promisedFrames: promisedFrames,
                reason: failed ? reasonInWords(sf_strerror(handle)) : nil)
        }
        guard !samples.isEmpty else { throw AudioError.noFrames(clip: name) }
        if let frame = samples.firstIndex(where: { !$0.isFinite }) {
            throw AudioError.notFinite(clip: name, frame: frame)
        }
    }

    /// What libsndfile noted while it parsed the header.
    private var log: String {
        var buffer = [CChar](repeating: 0, count: 16_384)
        let length = sf_command(handle, Int32(SFC_GET_LOG_INFO), &buffer, Int32(buffer.count))
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Telephone speech has 8 kHz and studio recordings have 192 kHz.
let plausibleSampleRates = 1_000...768_000
let plausibleChannels = 1...32
/// The most frames a clip may have: 2^28 is an hour and a half at 48 kHz, and 1 GiB of samples.
let longestClip = 1 << 28

/// libsndfile's sentence as the end of one of ours: no full stop, no leading "Error :".
private func reasonInWords(_ message: UnsafePointer<CChar>?) -> String {
    guard let message else { return "no reason given" }
    let words = String(cString: message).trimmingPrefix("Error : ")
    return String(words.hasSuffix(".") ? words.dropLast() : words)
}
