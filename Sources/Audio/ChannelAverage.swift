/// Appends the mean over channels of each frame, summed in channel order in Float32.
///
/// - parameter block: Interleaved samples, at least frames × channels.
func appendChannelAverages(of block: [Float], frames: Int, channels: Int, to samples: inout [Float]) {
    guard channels > 1 else {
        samples.append(contentsOf: block[..<frames])
        return
    }
    let divisor = Float(channels)
    for frame in 0..<frames {
        let start = frame * channels
        let sum = block[start..<start + channels].reduce(0, +)
        samples.append(sum / divisor)
    }
}
