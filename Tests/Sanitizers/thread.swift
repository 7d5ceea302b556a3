import Foundation

/// A number that one thread writes and another reads without a lock, for the thread sanitizer to find.
final class Shared: @unchecked Sendable { var number = 0 }

let shared = Shared()
Thread { shared.number = 1 }.start()
while shared.number == 0 { usleep(1_000) }
print(shared.number)
