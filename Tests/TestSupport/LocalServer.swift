import Foundation
import Synchronization

/// An HTTP server on this machine that answers as a test says, also in ways that no server should.
///
/// It takes one request a connection, which it then closes.
public final class LocalServer: Sendable {
    /// What was asked.
    public struct Request: Sendable {
        /// Such as GET.
        public let method: String
        /// A path, or to a proxy a whole address.
        public let target: String
        /// By their names in lower case.
        public let headers: [String: String]

        /// Where a part that is asked for begins; 0 where all is.
        public var start: Int {
            headers["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
        }
    }

    /// What is answered, byte by byte, before the connection is closed.
    public struct Answer: Sendable {
        /// Gives one piece after another; nil ends the answer.
        var next: @Sendable (_ index: Int) -> Data?

        /// Pieces that are made as they are sent.
        public init(_ next: @escaping @Sendable (_ index: Int) -> Data?) { self.next = next }

        /// These bytes.
        public init(bytes: Data) { self.init { $0 == 0 ? bytes : nil } }

        /// A status, headers and a body; `length` says how long the body is said to be, if that is not the truth.
        public init(_ status: Int, _ headers: [String] = [], body: Data = Data(), length: Int? = nil) {
            let lines = ["HTTP/1.1 \(status) Words"] + headers + ["Content-Length: \(length ?? body.count)"]
            self.init(bytes: Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        }

        /// The same, cut off so many bytes before its end.
        public func cut(_ count: Int) -> Answer {
            let next = next
            return Answer { index in next(index).map { $0.dropLast(count) } }
        }

        /// The same, and then silence for so many seconds.
        public func stalled(_ seconds: Double) -> Answer {
            let next = next
            return Answer { index in
                if let piece = next(index) { return piece }
                Thread.sleep(forTimeInterval: seconds)
                return nil
            }
        }

        /// All of a file, or the part that was asked for.
        public static func file(_ bytes: Data, _ request: Request, tag: String = "\"1\"") -> Answer {
            guard request.start > 0 else { return Answer(200, ["ETag: \(tag)"], body: bytes) }
            let range = "Content-Range: bytes \(request.start)-\(bytes.count - 1)/\(bytes.count)"
            return Answer(206, ["ETag: \(tag)", range], body: bytes.dropFirst(request.start))
        }
    }

    /// Where it listens.
    public let port: UInt16
    private let listener: Int32
    private let seen = Mutex<[Request]>([])

    /// Starts listening on a port that is free; `answer` is told how many requests came before.
    public init(_ answer: @escaping @Sendable (Request, _ index: Int) -> Answer) throws {
        _ = Self.isNotProxied
        (listener, port) = try Self.bound(isListening: true)
        let (listener, accept) = (
            listener,
            { @Sendable [weak self] (connection: Int32) in
                guard let request = Self.request(from: connection) else { return }
                let index = self?.note(request) ?? 0
                Self.send(answer(request, index), to: connection)
            }
        )
        // Until it is shut down, by which `accept` finds nothing valid any more. The thread closes it, not `deinit`: its number
        // could be another server's before the thread asks again.
        Thread.detachNewThread {
            defer { close(listener) }
            while true {
                let connection = Foundation.accept(listener, nil, nil)
                if connection < 0 && errno == EINVAL { return }
                guard connection >= 0 else {
                    usleep(1_000)
                    continue
                }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                Thread.detachNewThread {
                    accept(connection)
                    // A program that another test starts at this moment may hold the connection as well.
                    shutdown(connection, Int32(SHUT_RDWR))
                    close(connection)
                }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// What was asked so far.
    public var requests: [Request] { seen.withLock { $0 } }

    /// An address here.
    public func url(_ path: String = "/file", host: String = "127.0.0.1") -> String {
        "http://\(host):\(port)\(path)"
    }

    /// An address at which nobody listens: its port stays taken until the tests end, or a test beside this one would get it.
    public static func deadURL() throws -> String {
        _ = isNotProxied
        return "http://127.0.0.1:\(try bound(isListening: false).port)/file"
    }

    /// Whoever runs the tests may have a proxy.
    private static let isNotProxied: Void = { setenv("no_proxy", "127.0.0.1,localhost", 1) }()

    private func note(_ request: Request) -> Int {
        seen.withLock { seen in
            seen.append(request)
            return seen.count - 1
        }
    }

    private static func bound(isListening: Bool) throws -> (listener: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) | (isListening ? listen(listener, 16) : 0)
                    | getsockname(listener, address, &size)
            }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    private static func request(from connection: Int32) -> Request? {
        var bytes = Data()
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.range(of: Data("\r\n\r\n".utf8)) == nil {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        let fields = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map {
                (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
            }
        }
        return Request(
            method: words[0], target: words[1], headers: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
    }

    private static func send(_ answer: Answer, to connection: Int32) {
        var index = 0
        while let piece = answer.next(index) {
            index += 1
            var rest = piece[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}
