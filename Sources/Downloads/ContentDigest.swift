import Crypto
import Foundation

/// What a file's bytes are known by, as those who publish it state it.
public struct ContentDigest: Sendable, Equatable, CustomStringConvertible {
    /// How it is worked out.
    public enum Kind: String, Sendable {
        /// RFC 1321; what Zenodo states.
        case md5 = "MD5"
        /// FIPS 180-4.
        case sha256 = "SHA-256"
        /// The SHA-1 of a blob in git, over its length and its bytes: what the Hugging Face hub calls small files by.
        case gitBlob = "git's SHA-1"
    }

    /// How it is worked out.
    public let kind: Kind
    /// Lower-case hexadecimal digits.
    public let hex: String

    /// Takes a digest that is known.
    public init(_ kind: Kind, _ hex: String) {
        self.kind = kind
        self.hex = hex
    }

    /// Reads a tag of the Hugging Face hub: 64 hexadecimal digits are a SHA-256, 40 a blob's; nil for anything else.
    public init?(hubTag tag: String) {
        let digits = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        let hex = digits.filter { $0 != "\"" }
        guard hex.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
        switch hex.utf8.count {
        case 64: self.init(.sha256, String(hex))
        case 40: self.init(.gitBlob, String(hex))
        default: return nil
        }
    }

    private static let digits = Set("0123456789abcdef".utf8)

    /// The digest's kind and digits.
    public var description: String { "\(kind.rawValue) \(hex)" }

    /// The digest of this kind that an open file's bytes have, from its beginning.
    ///
    /// - throws: `POSIXError` where it cannot be read.
    func ofFile(_ descriptor: Int32) throws -> ContentDigest {
        switch kind {
        case .md5: ContentDigest(kind, try hash(descriptor, Insecure.MD5()))
        case .sha256: ContentDigest(kind, try hash(descriptor, SHA256()))
        case .gitBlob:
            ContentDigest(kind, try hash(descriptor, Insecure.SHA1(), after: "blob \(try byteCount(descriptor))\0"))
        }
    }

    /// Whether a file has this digest, and otherwise which one it has.
    ///
    /// - throws: `POSIXError` where it cannot be read or is no regular file.
    public func compared(withFile file: URL) throws -> ContentDigest {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw lastError() }
        defer { close(descriptor) }
        _ = try byteCount(descriptor)
        return try ofFile(descriptor)
    }

    private func hash<Function: HashFunction>(
        _ descriptor: Int32, _ function: Function, after start: String = ""
    ) throws -> String {
        var function = function
        function.update(data: Data(start.utf8))
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var offset = 0
        while true {
            let count = pread(descriptor, &piece, piece.count, off_t(offset))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw lastError() }
            if count == 0 { break }
            piece.withUnsafeBytes { function.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
        return function.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// The length of an open regular file.
func byteCount(_ descriptor: Int32) throws -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw lastError() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw POSIXError(.EINVAL) }
    return Int(status.st_size)
}

func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

/// The system's words for why something failed, as Timbre's begin: in lower case.
func words(of error: POSIXError) -> String { String(cString: strerror(error.code.rawValue)).lowercased() }
