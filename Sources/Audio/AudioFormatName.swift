import CSndfile

/// The short name of a libsndfile format code, as Python's soundfile words it: "WAV PCM_16".
func audioFormatName(_ code: Int32) -> String {
    let format = Int(code)
    let container = containerNames[format & SF_FORMAT_TYPEMASK] ?? hexadecimal(format & SF_FORMAT_TYPEMASK)
    let encoding = encodingNames[format & SF_FORMAT_SUBMASK] ?? hexadecimal(format & SF_FORMAT_SUBMASK)
    return "\(container) \(encoding)"
}

private let containerNames = [
    SF_FORMAT_WAV: "WAV", SF_FORMAT_WAVEX: "WAVEX", SF_FORMAT_RF64: "RF64", SF_FORMAT_W64: "W64",
    SF_FORMAT_AIFF: "AIFF", SF_FORMAT_AU: "AU", SF_FORMAT_CAF: "CAF", SF_FORMAT_NIST: "NIST", SF_FORMAT_VOC: "VOC",
    SF_FORMAT_FLAC: "FLAC", SF_FORMAT_OGG: "OGG", mpegContainer: "MPEG",
]

/// `SF_FORMAT_MPEG`: known only to libsndfile 1.1 and later, so its number stands here instead of its name.
let mpegContainer = 0x23_0000

private let encodingNames = [
    SF_FORMAT_PCM_S8: "PCM_S8", SF_FORMAT_PCM_U8: "PCM_U8", SF_FORMAT_PCM_16: "PCM_16", SF_FORMAT_PCM_24: "PCM_24",
    SF_FORMAT_PCM_32: "PCM_32", SF_FORMAT_FLOAT: "FLOAT", SF_FORMAT_DOUBLE: "DOUBLE", SF_FORMAT_ULAW: "ULAW",
    SF_FORMAT_ALAW: "ALAW", SF_FORMAT_IMA_ADPCM: "IMA_ADPCM", SF_FORMAT_MS_ADPCM: "MS_ADPCM",
    SF_FORMAT_GSM610: "GSM610", SF_FORMAT_VORBIS: "VORBIS", SF_FORMAT_OPUS: "OPUS", 0x80: "MPEG_LAYER_I",
    0x81: "MPEG_LAYER_II", 0x82: "MPEG_LAYER_III",
]

private func hexadecimal(_ code: Int) -> String { "0x\(String(code, radix: 16))" }
