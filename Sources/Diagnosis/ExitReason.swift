/// The exit codes of `timbre`, as `sysexits.h` defines them.
public enum ExitReason: Int32, Sendable {
    /// Wrong flags or arguments (`EX_USAGE`).
    case usage = 64
    /// Input that is there but wrong (`EX_DATAERR`).
    case badData = 65
    /// Input that is not there (`EX_NOINPUT`).
    case missingInput = 66
    /// A service, such as a server on the network, that cannot be had (`EX_UNAVAILABLE`).
    case unavailable = 69
    /// A fault of Timbre's own (`EX_SOFTWARE`).
    case internalFault = 70
    /// An output that cannot be created (`EX_CANTCREAT`).
    case cannotCreate = 73
    /// A failure while reading or writing (`EX_IOERR`).
    case inputOutput = 74
}
