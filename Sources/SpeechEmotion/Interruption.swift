import Dispatch
import Drafts
import Foundation
import Synchronization

/// Ends the program in order when a signal asks for it, with the exit code that shells give: 128 and the signal's number.
///
/// SIGINT, SIGTERM and SIGHUP end it with a summary, a reader that has gone away (SIGPIPE) in silence. Workers go on
/// meanwhile: what they have stored is kept, what is half written is removed. A second signal ends the program at once. A
/// signal that was ignored when it began, as by `nohup`, stays ignored.
public enum Interruption {
    private static let awaited = [SIGINT, SIGTERM, SIGHUP]
    /// Where the handler writes to.
    private static let messenger = Atomic<Int32>(-1)
    private static let isEnding = Atomic(false)
    private static let endsWithoutReader = Atomic(false)
    private static let conclusion = Mutex<@Sendable () -> Void>({})

    /// Takes over the signals.
    ///
    /// A handler hands the signal's number to a thread that waits for it, because next to nothing may be done where a signal
    /// breaks in; blocking signals would not do, as OpenBLAS starts a thread of its own before `main`.
    public static func arm() {
        // A file that must not grow further is then an error of the write, as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
        if !isIgnored(SIGPIPE) {
            signal(SIGPIPE, SIG_IGN)
            endsWithoutReader.store(true, ordering: .relaxed)
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reader, awaited) = (ends[0], awaited.filter { !isIgnored($0) })
        messenger.store(ends[1], ordering: .releasing)
        Thread.detachNewThread {
            var number: UInt8 = 0
            while read(reader, &number, 1) != 1 {}
            // The next one finds what the system does by itself, which is to end the program.
            for number in awaited { signal(number, SIG_DFL) }
            end(by: Int32(number))
        }
        for number in awaited { signal(number, pass) }
        // Whoever starts the program from a thread that blocks signals, as Dispatch's do, hands that on.
        var set = sigset_t()
        sigemptyset(&set)
        for number in awaited { sigaddset(&set, number) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Says what is to be told at an interruption, in the place of what was said before.
    public static func conclude(_ tell: @escaping @Sendable () -> Void) { conclusion.withLock { $0 = tell } }

    /// Waits for the end if an interruption is under way: what fails by then, fails because of it.
    public static func waitIfUnderWay() {
        while isEnding.load(ordering: .acquiring) { pause() }
    }

    /// Ends the program, silently, if nobody reads what it writes and that has not been said to be ignored.
    static func endWithoutReader() {
        if endsWithoutReader.load(ordering: .relaxed) { end(by: SIGPIPE) }
    }

    private static func end(by number: Int32) -> Never {
        while isEnding.exchange(true, ordering: .acquiringAndReleasing) { pause() }
        let work: [@Sendable () -> Void] = [
            { if number != SIGPIPE { conclusion.withLock { $0 }() } }, { Draft.discardAll() },
        ]
        let done = DispatchGroup()
        for part in work {
            done.enter()
            Thread.detachNewThread {
                part()
                done.leave()
            }
        }
        // A terminal that stands still, or a file system that does, must keep neither the program nor the other part.
        _ = done.wait(timeout: .now() + .milliseconds(700))
        // Not `exit`: what that tears down the workers still use. All output is written.
        _exit(128 + number)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static let pass: @convention(c) (Int32) -> Void = { number in
        let code = errno
        var number = UInt8(truncatingIfNeeded: number)
        _ = Foundation.write(messenger.load(ordering: .acquiring), &number, 1)
        errno = code
    }
}
