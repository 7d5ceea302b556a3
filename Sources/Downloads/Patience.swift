/// How long a download waits for what, and how often it tries again.
public struct Patience: Sendable {
    /// Until a connection stands, in milliseconds.
    public var connecting = 5_000
    /// How many seconds fewer than ``slowest`` bytes a second may come.
    public var stalled = 30
    /// Bytes a second.
    public var slowest = 1_000
    /// Seconds before each new try of what broke off; when they have run out, the download gives up.
    public var waits: [Double] = [0.5, 1, 2, 4, 8]
    /// The longest wait that a server may ask for, in seconds.
    public var longestWait = 60.0
    /// So many bytes more, and a connection that breaks off is a first failure again.
    public var progress = 1 << 20

    /// The usual.
    public init() {}
}
