import Foundation

/// Something that one process at a time may do, such as to embed a clip: held until it is let go or its process ends,
/// however that comes about.
///
/// A claim is a lock on one byte of a file, on an open file description of its own, so that workers of one process exclude
/// each other as processes do. The kernel keeps it, so none is ever left over: in the words of the manual, such locks
/// "are automatically released on the last close of the open file description"
/// (<https://man7.org/linux/man-pages/man2/fcntl.2.html>).
///
/// Where the file system has no locks, or the file cannot be made, everybody gets a claim: work may then be done twice,
/// as it would be without any.
public final class Claim: Sendable {
    private let descriptor: Int32

    /// Takes a claim that nobody disputes.
    init() { descriptor = -1 }

    /// Takes the claim on a byte; nil where another holds it.
    ///
    /// - parameter isShared: Whether others may share it, who then keep out whoever does not.
    init?(_ byte: Int64, of file: URL, isShared: Bool = false) {
        // Not to be inherited by programs that are started meanwhile: they would hold it too.
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
        self.descriptor = descriptor
        guard descriptor >= 0 else { return }
        if Self.isHeldElsewhere(Self.lock(byte, of: descriptor, as: isShared ? F_RDLCK : F_WRLCK)) { return nil }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A program that is being started holds a copy for a moment, with which the lock would live on.
        _ = Self.lock(0, count: 0, of: descriptor, as: F_UNLCK)
        close(descriptor)
    }

    /// Whether an error number says that another holds the lock, and not that there are no locks.
    static func isHeldElsewhere(_ code: Int32) -> Bool { code == EAGAIN || code == EACCES }

    /// The error number of locking bytes, or unlocking them, without waiting; 0 where that is done.
    ///
    /// - parameter count: How many bytes; 0 means all that follow.
    private static func lock(_ byte: Int64, count: Int64 = 1, of descriptor: Int32, as type: Int32) -> Int32 {
        var request = flock()
        request.l_type = Int16(type)
        request.l_whence = Int16(SEEK_SET)
        request.l_start = off_t(byte)
        request.l_len = off_t(count)
        return withUnsafeMutablePointer(to: &request) { request in
            while fcntl(descriptor, setLockOfOpenFileDescription, request) != 0 {
                if errno != EINTR { return errno }
            }
            return 0
        }
    }
}

/// `F_OFD_SETLK` of Linux, which Swift's Glibc does not show.
private let setLockOfOpenFileDescription: Int32 = 37
