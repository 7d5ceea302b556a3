import Foundation
import Randomness

/// Changes inputs a little, the same way for the same seed.
struct Mutator {
    private var random: SeededGenerator
    private let words: [Data]
    private let longest: Int

    init(seed: UInt64, target: String, words: [Data], longest: Int) {
        random = SeededGenerator(seed: seed, purpose: "fuzz \(target)")
        self.words = words
        self.longest = longest
    }

    /// One of the inputs, changed in one to eight places.
    mutating func mutant(of inputs: [Data]) -> Data {
        var bytes = Array(inputs[random.below(inputs.count)])
        for _ in 0...random.below(8) { change(&bytes, inputs) }
        return Data(bytes.prefix(longest))
    }

    private mutating func change(_ bytes: inout [UInt8], _ inputs: [Data]) {
        switch random.below(10) {
        case 0: flipBit(of: &bytes)
        case 1: setByte(of: &bytes)
        case 2: bytes.removeSubrange(range(in: bytes.count, atMost: 64))
        case 3: bytes.removeSubrange(place(in: bytes.count)...)
        case 4: insert(words.isEmpty ? Data([0]) : words[random.below(words.count)], into: &bytes)
        case 5: setNumber(of: &bytes)
        case 6: changeDigits(of: &bytes)
        case 7: splice(inputs[random.below(inputs.count)], into: &bytes)
        case 8: insert(bytes[range(in: bytes.count, atMost: 256)], into: &bytes)
        default: if random.below(50) == 0 { fill(&bytes) }
        }
    }

    private mutating func place(in count: Int) -> Int { random.below(count + 1) }

    private mutating func range(in count: Int, atMost length: Int) -> Range<Int> {
        let start = place(in: count)
        return start..<start + random.below(min(length, count - start) + 1)
    }

    private mutating func flipBit(of bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    }

    private mutating func setByte(of bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
    }

    private mutating func insert(_ part: some Collection<UInt8>, into bytes: inout [UInt8]) {
        bytes.insert(contentsOf: part, at: place(in: bytes.count))
    }

    /// Numbers at which counts and offsets go wrong, in one to eight bytes of either order.
    private mutating func setNumber(of bytes: inout [UInt8]) {
        let width = 1 << random.below(4)
        guard bytes.count >= width else { return }
        let numbers: [UInt64] = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x7fff_ffff, 0x8000_0000, .max, .max >> 1, 1 << 40]
        let number = numbers[random.below(numbers.count)] &+ UInt64(random.below(3)) &- 1
        let little = withUnsafeBytes(of: number.littleEndian) { Array($0.prefix(width)) }
        let start = random.below(bytes.count - width + 1)
        bytes.replaceSubrange(start..<start + width, with: random.below(2) == 0 ? little : little.reversed())
    }

    /// Another decimal number in the place of one that is written out.
    private mutating func changeDigits(of bytes: inout [UInt8]) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let from = place(in: bytes.count)
        guard let start = bytes[from...].firstIndex(where: digits.contains) else { return }
        let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
        let numbers = ["0", "1", "-1", "255", "65536", "1000000", "2147483648", "9223372036854775807", "1e308", "1e-9"]
        bytes.replaceSubrange(start..<end, with: Array(numbers[random.below(numbers.count)].utf8))
    }

    private mutating func splice(_ other: Data, into bytes: inout [UInt8]) {
        let part = Array(other)[range(in: other.count, atMost: 4096)]
        bytes.replaceSubrange(range(in: bytes.count, atMost: 256), with: part)
    }

    /// One part again and again until the input is as long as it may be: what takes time that grows faster than length shows.
    private mutating func fill(_ bytes: inout [UInt8]) {
        let part = range(in: bytes.count, atMost: 64)
        guard !part.isEmpty, bytes.count < longest else { return }
        let copies = (longest - bytes.count) / part.count
        bytes.insert(
            contentsOf: repeatElement(bytes[part], count: copies).joined(), at: part.upperBound)
    }
}
