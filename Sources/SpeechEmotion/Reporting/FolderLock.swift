import Foundation

/// Keeps a folder to one process that writes several files into it, or to any number that read them, until it is let go or
/// the process ends.
///
/// It is a lock on the folder itself (<https://man7.org/linux/man-pages/man2/flock.2.html>), so that it holds whatever
/// cache the processes use. Where the file system has no locks, it keeps nobody out.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Nil where another process keeps the folder; one that is not there is kept by nobody.
    init?(_ folder: URL, isShared: Bool = false) {
        descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        if flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0, errno == EWOULDBLOCK { return nil }
    }

    /// Waits until no other process keeps the folder.
    static func waited(for folder: URL, isShared: Bool = false, console: Console) -> FolderLock {
        waiting(tell: { console.line("waiting for another process at \(folder.relativePath)") }) {
            FolderLock(folder, isShared: isShared)
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A program that is being started holds a copy for a moment, with which the lock would live on.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
